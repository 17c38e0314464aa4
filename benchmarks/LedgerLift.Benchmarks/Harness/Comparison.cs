namespace LedgerLift.Benchmarks;

/// <summary>Scenarios measured round by round beside each other; relations are taken within a round and then the median over the rounds.</summary>
/// <param name="title">What is compared.</param>
/// <param name="scenarios">The names in the order they are reported; the first is the baseline.</param>
/// <param name="samples">By scenario, one sample a round; none after a dry run.</param>
internal sealed class Comparison(string title, IReadOnlyList<string> scenarios, IReadOnlyDictionary<string, IReadOnlyList<Sample>> samples)
{
    public string Title => title;

    /// <summary>The rows of the report, in the given order.</summary>
    public IEnumerable<ResultRow> Rows() =>
        scenarios.Select(scenario => new ResultRow(
            title,
            scenario,
            Nanoseconds(scenario),
            Bytes(scenario).Median,
            Ratio(scenario, scenarios[0]).Median
        ));

    /// <summary>Nanoseconds a call.</summary>
    public Spread Nanoseconds(string scenario) => Spread.Of(Samples(scenario).Select(sample => sample.Nanoseconds));

    /// <summary>Bytes allocated a call.</summary>
    public Spread Bytes(string scenario) => Spread.Of(Samples(scenario).Select(sample => sample.Bytes));

    /// <summary>How many times as long as another scenario of the same round.</summary>
    public Spread Ratio(string scenario, string to) => Relate(scenario, to, static (one, other) => one.Nanoseconds / other.Nanoseconds);

    /// <summary>How many nanoseconds longer than another scenario of the same round.</summary>
    public Spread Overhead(string scenario, string over) =>
        Relate(scenario, over, static (one, other) => one.Nanoseconds - other.Nanoseconds);

    /// <summary>How many bytes more than another scenario of the same round.</summary>
    public Spread ExtraBytes(string scenario, string over) => Relate(scenario, over, static (one, other) => one.Bytes - other.Bytes);

    /// <summary>The one with the lowest median; the first after a dry run.</summary>
    public string Fastest(params IReadOnlyList<string> candidates) => candidates.MinBy(candidate => Nanoseconds(candidate).Median)!;

    private Spread Relate(string one, string other, Func<Sample, Sample, double> relation) =>
        Spread.Of(Samples(one).Zip(Samples(other), relation));

    // A dry run has no samples, and no rows for numbers of threads.
    private IReadOnlyList<Sample> Samples(string scenario) =>
        samples.TryGetValue(scenario, out var found) ? found
        : scenarios.Count == 0 ? []
        : throw new ArgumentException($"'{title}' has no scenario '{scenario}'.", nameof(scenario));
}
