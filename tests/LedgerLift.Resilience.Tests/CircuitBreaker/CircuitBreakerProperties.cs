using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerProperties
{
    private const int Scripts = 1_000;

    // What must have happened at least how often, over all scripts of a run; typical counts are more than twice as high.
    private static readonly (int AtLeast, string[] What)[] Distribution =
    [
        (3_000, ["state Closed", "state Open", "state HalfOpen", "state Isolated"]),
        (5_000, ["Closed pass", "Enter", "Succeed", "Fail", "Advance"]),
        (1_000, ["Open refusal", "HalfOpen refusal", "Isolated refusal", "Closed probe", "grown opening", "Ignore", "Close"]),
        (150, ["Open pass", "HalfOpen pass", "Isolated pass"]),
        (200, ["FailWithoutCause", "Isolate", "Trip", "TripWithoutCause", "Update", "StepWallClock", "ReadSnapshot"]),
        (200, ["threshold to Open", "recovery_elapsed to HalfOpen", "probe_failed to Open"]),
        (150, ["manual to Closed", "manual to Isolated", "manual to Open", "lapsed lease"]),
        (80, ["recovered to Closed", "ignored probe"]),
        (60, ["late Succeed while Closed", "late Succeed while Open", "late Succeed while HalfOpen", "late Succeed while Isolated"]),
        (60, ["late Fail while Closed", "late Fail while Open", "late Fail while HalfOpen", "late Fail while Isolated"]),
    ];

    [Fact]
    public void Behaves_as_the_reference_does_whatever_happens_in_whatever_order()
    {
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);

        Prop.ForAll(
                BreakerScript.Arbitrary,
                script =>
                {
                    new BreakerComparison(script.Settings, tally).Run(script);
                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Scripts));

        Assert.True(Enum.GetNames<BreakerAct>().Sum(act => tally.GetValueOrDefault(act)) >= 100_000);
        foreach (var line in tally.OrderBy(line => line.Key, StringComparer.Ordinal))
            TestContext.Current.TestOutputHelper!.WriteLine($"{line.Value, 8} {line.Key}");
        foreach (var (atLeast, names) in Distribution)
            Assert.All(names, name => Assert.True(tally.GetValueOrDefault(name) >= atLeast, $"Too seldom: {name}."));
    }
}
