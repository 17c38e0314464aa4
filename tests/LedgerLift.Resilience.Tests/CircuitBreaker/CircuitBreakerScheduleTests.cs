using System.Diagnostics.Metrics;
using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>
/// Interleavings at each reading of the clock, each compare-and-swap and, through a listener of the transition counter, between a swap and its
/// publication: whatever the threads see must be what one after another could have seen.
/// </summary>
public sealed class CircuitBreakerScheduleTests : IDisposable
{
    private const int RandomRuns = 3_000;

    private readonly BatonScheduler _scheduler = new();
    private readonly MeterListener _listener = new();

    public CircuitBreakerScheduleTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "ledgerlift.resilience.breaker.transitions")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) => BatonScheduler.Point());
        _listener.Start();
    }

    public static TheoryData<string> SmallCaseNames => [.. SmallCases.All.Keys];

    public void Dispose()
    {
        _listener.Dispose();
        _scheduler.Dispose();
    }

    [Theory]
    [MemberData(nameof(SmallCaseNames))]
    public void Every_schedule_of_a_small_case_is_linearizable(string name)
    {
        var every = new ExhaustiveSchedule();
        var schedules = 0;
        do
        {
            var run = new ConcurrentRun(SmallCases.All[name]);
            Assert.True(run.IsExplained(_scheduler, every), $"Schedule {every} has no explanation.{Environment.NewLine}{run}");
            schedules++;
        } while (every.MoveNext());

        TestContext.Current.TestOutputHelper!.WriteLine($"{schedules} schedules");
        Assert.InRange(schedules, 10, 10_000);
    }

    [Fact]
    public void Random_programs_under_random_schedules_are_linearizable()
    {
        var random = new SeededRandom();
        var cases = new ConcurrentCases(random);
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);

        for (var i = 0; i < RandomRuns; i++)
        {
            var run = new ConcurrentRun(cases.Next());
            Assert.True(run.IsExplained(_scheduler, new RandomSchedule(random)), $"Run {i} has no explanation.{Environment.NewLine}{run}");
            Count(tally, run);
        }

        foreach (var (what, count) in tally)
            TestContext.Current.TestOutputHelper!.WriteLine($"{count, 8} {what}");
        string[] all = ["threshold", "recovery_elapsed", "probe_failed", "recovered", "manual", "overlap", "probe", "refusal"];
        Assert.All(all, what => Assert.InRange(tally.GetValueOrDefault(what), RandomRuns / 80, int.MaxValue));
    }

    private static void Count(Dictionary<string, int> tally, ConcurrentRun run)
    {
        var overlaps = run.History.Where(one => run.History.Any(other => other.Invoked < one.Invoked && one.Invoked < other.Returned));
        var admissions = run.History.Select(entry => entry.Answer).OfType<BreakerAdmission>().ToList();
        IEnumerable<string> seen =
        [
            .. run.ToldSinceSetUp.Select(transition => transition.Reason),
            .. overlaps.Select(_ => "overlap"),
            .. admissions.Where(admission => admission.IsProbe).Select(_ => "probe"),
            .. admissions.Where(admission => !admission.Admitted).Select(_ => "refusal"),
        ];
        foreach (var what in seen)
            tally[what] = tally.GetValueOrDefault(what) + 1;
    }
}
