namespace LedgerLift.ArchitectureTests;

/// <summary>Every exemption from the naming and shape rules, with its reason.</summary>
internal static class Exemptions
{
    /// <summary>Public classes that others derive from: the root exceptions, one a package.</summary>
    public static readonly IReadOnlySet<string> Unsealed = new HashSet<string>(StringComparer.Ordinal)
    {
        "AuditException",
        "DatabaseException",
        "StorageException",
        "TokenStoreException",
    };

    /// <summary>Methods that return a task or a stream and do not end in Async.</summary>
    public static readonly IReadOnlySet<string> WithoutAsync = new HashSet<string>(StringComparer.Ordinal)
    {
        // One name for every shape of work; the overload follows what the delegate returns.
        "Traced.Run",
    };

    /// <summary>Public asynchronous methods whose last parameter is not an optional CancellationToken.</summary>
    public static readonly IReadOnlySet<string> WithoutLastToken = new HashSet<string>(StringComparer.Ordinal)
    {
        // The work brings its own token; the span only follows it.
        "Traced.Run",
        "Traced.RunAsync",
        // The optional classifier comes behind the token, so that the everyday call needs no name for either.
        "ResilienceExecutor.ExecuteAsync",
    };
}
