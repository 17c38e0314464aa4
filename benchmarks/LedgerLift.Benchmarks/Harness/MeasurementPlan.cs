namespace LedgerLift.Benchmarks;

/// <summary>How often and how long a mode measures.</summary>
/// <param name="Rounds">How many times each scenario of a comparison is measured, in an order shuffled for every round.</param>
/// <param name="Batch">About how long one measurement lasts; the number of calls in it is calibrated once.</param>
/// <param name="WarmUp">How long a scenario is called before it is measured, so that the tiered compiler has finished with it.</param>
internal sealed record MeasurementPlan(int Rounds, TimeSpan Batch, TimeSpan WarmUp)
{
    public static MeasurementPlan For(BenchmarkMode mode) =>
        mode switch
        {
            BenchmarkMode.Quick => new(Rounds: 12, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(300)),
            BenchmarkMode.Full => new(Rounds: 30, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(600)),
            _ => new(Rounds: 0, TimeSpan.Zero, TimeSpan.Zero),
        };
}
