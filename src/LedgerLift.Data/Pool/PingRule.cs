namespace LedgerLift.Data;

/// <summary>What an opening wants of <see cref="PrePing.Adaptive"/>.</summary>
internal enum PingRule
{
    /// <summary>The work is repeated when the connection turns out to be dead.</summary>
    Never,

    /// <summary>The caller handles failures, and should not see one that was there before.</summary>
    WhenLongIdle,

    /// <summary>The work cannot be repeated.</summary>
    Always,
}
