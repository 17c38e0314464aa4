namespace LedgerLift.Resilience;

/// <summary>How often a failed operation is tried again, and how long to wait in between: see <see cref="JitteredBackoff"/> for the formula.</summary>
/// <remarks>Mutable and not thread-safe while being changed; who uses it only reads it.</remarks>
public sealed class RetryOptions
{
    /// <summary>The longest delay that options may ask for, 24 hours: longer waits belong in a queue. The same limit as Polly's.</summary>
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromHours(24);

    /// <summary>Tries after the first one.</summary>
    /// <value>The default is 3. From 0 (never retried) to <see cref="int.MaxValue"/>, inclusive.</value>
    public int MaxRetries { get; set; } = 3;

    /// <summary>The delay before the first retry, before it is spread.</summary>
    /// <value>The default is 1 second. From zero to <see cref="MaxDelay"/>, inclusive.</value>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay that grows out of <see cref="BaseDelay"/>; never exceeded, whatever the jitter.</summary>
    /// <value>The default is 30 seconds. From zero to 24 hours, inclusive.</value>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times longer each delay is than the one before.</summary>
    /// <value>The default is 2. At least 1 (a constant delay), finite.</value>
    public double Multiplier { get; set; } = 2;

    /// <summary>The share of a delay by which it is spread to either side; used by <see cref="JitterMode.Proportional"/>.</summary>
    /// <value>The default is 0.2. From 0 to 1, inclusive.</value>
    public double Jitter { get; set; } = 0.2;

    /// <summary>How delays are spread.</summary>
    /// <value>The default is <see cref="JitterMode.Proportional"/>.</value>
    public JitterMode JitterMode { get; set; } = JitterMode.Proportional;

    /// <summary>The longest wait that the dependency's own wish ("retry after …") is followed for; a longer wish is cut to this.</summary>
    /// <value>The default is <see langword="null"/>: as long as <see cref="MaxDelay"/>. From zero (wishes are not followed) to 24 hours, inclusive.</value>
    public TimeSpan? MaxRetryAfter { get; set; }

    internal RetryOptions Copy() =>
        new()
        {
            MaxRetries = MaxRetries,
            BaseDelay = BaseDelay,
            MaxDelay = MaxDelay,
            Multiplier = Multiplier,
            Jitter = Jitter,
            JitterMode = JitterMode,
            MaxRetryAfter = MaxRetryAfter,
        };
}
