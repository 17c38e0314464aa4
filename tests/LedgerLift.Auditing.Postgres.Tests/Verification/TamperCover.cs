namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>How a superuser hides what was done.</summary>
internal enum TamperCover
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Leaves, headers and checkpoints are made anew, signed with a key of the superuser's own under the name of the real one.</summary>
    RehashedWithAnotherKey,

    /// <summary>The same with the stolen key: only the anchor tells.</summary>
    RehashedWithTheKey,
}
