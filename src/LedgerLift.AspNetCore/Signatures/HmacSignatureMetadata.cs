namespace LedgerLift.AspNetCore;

/// <summary>Stands on endpoints that only signed requests reach. Immutable.</summary>
/// <param name="name">The name of the verifier.</param>
public sealed class HmacSignatureMetadata(string name)
{
    /// <summary>The name under which the verifier was registered; empty for the default one.</summary>
    public string Name { get; } = name;
}
