using LedgerLift.Resilience;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Options for tests that wait for a failure.</summary>
internal static class Impatience
{
    /// <summary>The longest a call may take by these options, and what a busy machine adds.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How soon the client is connected again at the latest: within a second or two, unless a try to connect hangs, which is given up after 5 s.
    /// </summary>
    public static readonly TimeSpan Reconnection = TimeSpan.FromSeconds(15);

    /// <summary>How soon a connection of the store's own answers again at the latest, also when the client has lost it and it must be made anew.</summary>
    public static readonly TimeSpan Renewal = ConnectionRenewal.Longest + Reconnection;

    /// <summary>Tries of a third of a second, calls of a second, no breaker that a test would have to wait for.</summary>
    public static ResiliencePolicyOptions Policy() =>
        new()
        {
            AttemptTimeout = TimeSpan.FromSeconds(0.3),
            TotalTimeout = TimeSpan.FromSeconds(1),
            Retry = new RetryOptions
            {
                MaxRetries = 3,
                BaseDelay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromMilliseconds(100),
            },
            CircuitBreaker = null,
        };

    /// <summary>For tests that are not about time: a busy machine may take longer than the defaults allow.</summary>
    public static ResiliencePolicyOptions Patience() =>
        new()
        {
            AttemptTimeout = TimeSpan.FromSeconds(20),
            TotalTimeout = TimeSpan.FromSeconds(60),
            Retry = new RetryOptions
            {
                MaxRetries = 20,
                BaseDelay = TimeSpan.FromMilliseconds(25),
                MaxDelay = TimeSpan.FromMilliseconds(400),
            },
            CircuitBreaker = null,
        };
}
