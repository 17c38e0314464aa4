using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Resilience.Tests;

/// <summary>Valid options over their whole ranges, edges included, with a retry and two random numbers in order.</summary>
internal sealed record BackoffCase(RetryOptions Options, int Retry, double Low, double High, TimeSpan? Wish)
{
    private const double AlmostOne = 1 - (1.0 / (1L << 53));

    internal static Arbitrary<BackoffCase> Any { get; } =
        (
            from max in Ticks(RetryOptions.LongestDelay.Ticks)
            from start in Ticks(max)
            from multiplier in Gen.OneOf(Gen.Elements(1.0, 2, 1.5, double.MaxValue), Unit.Select(u => 1 + (u * 10)))
            from jitter in Gen.OneOf(Gen.Elements(0.0, 0.2, 1), Unit)
            from mode in Gen.Elements(JitterMode.Proportional, JitterMode.Full, JitterMode.None)
            from retry in Gen.OneOf(Gen.Choose(0, 40), Gen.Elements(int.MaxValue, int.MaxValue - 1), Gen.Choose(0, int.MaxValue))
            from one in Unit
            from other in Unit
            from maxWish in Gen.OneOf(Gen.Constant<long?>(null), Ticks(RetryOptions.LongestDelay.Ticks).Select(ticks => (long?)ticks))
            from wish in Gen.OneOf(Gen.Constant<long?>(null), Ticks(long.MaxValue).Select(ticks => (long?)ticks))
            select new BackoffCase(
                new RetryOptions
                {
                    BaseDelay = TimeSpan.FromTicks(start),
                    MaxDelay = TimeSpan.FromTicks(max),
                    Multiplier = multiplier,
                    Jitter = jitter,
                    JitterMode = mode,
                    MaxRetryAfter = maxWish is { } m ? TimeSpan.FromTicks(m) : null,
                },
                retry,
                Math.Min(one, other),
                Math.Max(one, other),
                wish is { } w ? TimeSpan.FromTicks(w) : null
            )
        ).ToArbitrary();

    /// <summary>c of the formula, by the formula, in ticks.</summary>
    internal double Nominal =>
        Options.BaseDelay == TimeSpan.Zero
            ? 0
            : Math.Min(Options.MaxDelay.Ticks, Options.BaseDelay.Ticks * Math.Pow(Options.Multiplier, Retry));

    private static Gen<double> Unit =>
        Gen.OneOf(Gen.Elements(0.0, AlmostOne, 0.5), Gen.Choose(0, int.MaxValue - 1).Select(value => (double)value / int.MaxValue));

    internal TimeSpan Delay(double random) => JitteredBackoff.GetDelay(Options, Retry, random);

    internal TimeSpan DelayWithWish(double random) => JitteredBackoff.GetDelay(Options, Retry, random, Wish);

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Options.JitterMode} base {Options.BaseDelay} max {Options.MaxDelay} × {Options.Multiplier} ± {Options.Jitter} wish {Wish} ≤ {Options.MaxRetryAfter}, retry {Retry}, {Low} ≤ {High}"
        );

    // Small, large and round numbers alike: a uniform choice would be hours nearly always.
    private static Gen<long> Ticks(long max) =>
        Gen.OneOf(
            Gen.Elements(0L, Math.Min(1, max), max),
            from bits in Gen.Choose(0, 62)
            from fraction in Gen.Choose(0, int.MaxValue)
            select Math.Min(max, (long)((1L << bits) * (1 + ((double)fraction / int.MaxValue))))
        );
}
