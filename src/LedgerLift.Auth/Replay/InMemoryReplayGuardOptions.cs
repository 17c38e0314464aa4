namespace LedgerLift.Auth;

/// <summary>How much an <see cref="InMemoryReplayGuard"/> remembers. Read once, when the guard is made.</summary>
public sealed class InMemoryReplayGuardOptions
{
    /// <summary>
    /// The most ids remembered at once; from 1. The default is 100 000, about 15 MB. Must cover the accepted requests of three times the tolerance (by default
    /// 15 minutes, so 100 a second): a guard that is full refuses new requests.
    /// </summary>
    public int MaxEntries { get; set; } = 100_000;
}
