namespace LedgerLift.Logging;

/// <summary>How a host writes its log.</summary>
/// <remarks>Not thread-safe while it is being set up. Through configuration, the level follows changes while the host runs.</remarks>
public sealed class LedgerLiftLoggingOptions
{
    /// <summary>
    /// The lowest level that is written, by name in any case: Trace, Debug, Information, Warning, Error, Critical or None; INFO, WARN and FATAL are
    /// understood too. Rules for single categories or providers go before it. The default is Information.
    /// </summary>
    public string Level { get; set; } = "Information";

    /// <summary>How lines are written to the console: <c>json</c>, one object a line, or <c>console</c>, for people. The default is json.</summary>
    public string Format { get; set; } = "json";

    /// <summary>Whether lines show the open scopes. The default is true.</summary>
    public bool IncludeScopes { get; set; } = true;
}
