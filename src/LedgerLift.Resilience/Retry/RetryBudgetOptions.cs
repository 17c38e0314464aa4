namespace LedgerLift.Resilience;

/// <summary>How much extra load retries may put on a dependency: a share of the requests, and a small reserve for quiet times.</summary>
/// <remarks>
/// The scheme is that of Finagle's <c>RetryBudget</c> (20 %, 10 retries a second, 10 seconds); the resulting numbers are those of the AWS SDKs' standard
/// retry quota (100 retries in store, one more for every five requests). Read once; not thread-safe while being changed.
/// </remarks>
public sealed class RetryBudgetOptions
{
    /// <summary>What each request adds, in retries: 0.2 allows one retry for every five requests.</summary>
    /// <value>The default is 0.2. Zero, or from 0.0001 to 1, inclusive; counted in ten-thousandths, rounded down.</value>
    public double Ratio { get; set; } = 0.2;

    /// <summary>What passing time adds, in retries a second, so that a service with few requests can retry at all.</summary>
    /// <value>The default is 10. From 0 (requests alone fill the budget) to 100 000, inclusive.</value>
    public int MinRetriesPerSecond { get; set; } = 10;

    /// <summary>
    /// The time whose reserve is held in store: the budget starts with <see cref="MinRetriesPerSecond"/> × <see cref="Window"/> retries and never holds more.
    /// When <see cref="MinRetriesPerSecond"/> is 0, it starts empty and holds at most 100.
    /// </summary>
    /// <value>The default is 10 seconds. Over zero, to 1 hour, inclusive; the product must be 0, or from 1 to 100 000, inclusive.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);
}
