namespace LedgerLift.Auth;

/// <summary>How much an <see cref="InMemoryTokenStore"/> keeps. Read once, when the store is made.</summary>
public sealed class InMemoryTokenStoreOptions
{
    /// <summary>
    /// The most entries kept, revoked ones included; from 1. The default is 100 000. One more entry pushes out an expired one, or else the one that was stored
    /// first. An entry takes about 600 bytes with ids of 36 characters.
    /// </summary>
    public int MaxEntries { get; set; } = 100_000;

    /// <summary>
    /// The most live tokens of one user; from 0, and 0 means no limit. The default is 0. One more token revokes the user's token that expires soonest. A store
    /// then takes time in proportion to how many of the user's tokens outlive the new one: none, when all live equally long.
    /// </summary>
    public int MaxActiveTokensPerUser { get; set; }
}
