namespace LedgerLift.Resilience.Tests;

/// <summary>What a scenario asks of a contender. The breaker: 5 consecutive failures, 60 s, 2 successes. The retry: 3 times, 1 s doubling up to 30 s.</summary>
internal sealed record ScenarioSetup
{
    internal static readonly ScenarioSetup Breaker = new() { UsesBreaker = true };
    internal static readonly ScenarioSetup Retry = new() { UsesRetry = true };
    internal static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    internal bool UsesBreaker { get; init; }

    internal bool UsesRetry { get; init; }

    /// <summary>Polly counts failures within a window, of at most a day; ours has none.</summary>
    internal TimeSpan PollysWindow { get; init; } = TimeSpan.FromSeconds(30);

    internal int MaxRetries { get; init; } = 3;

    /// <summary>Spread by a fifth, or by Polly's only jitter; without: the computed delays.</summary>
    internal bool Jitter { get; init; }

    internal TimeSpan? TotalTimeout { get; init; }

    internal bool Budget { get; init; }

    /// <summary>What the server asks for.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>What a failure, or a result, means; null: the contender's own reading.</summary>
    internal Func<Exception?, object?, FailureDisposition?>? Meaning { get; init; }

    /// <summary>Called when the circuit becomes half-open.</summary>
    internal Action? OnHalfOpen { get; init; }
}
