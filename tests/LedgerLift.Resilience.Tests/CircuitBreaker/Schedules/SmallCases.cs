using static LedgerLift.Resilience.Tests.BreakerAct;

namespace LedgerLift.Resilience.Tests;

/// <summary>Cases small enough to go through every schedule.</summary>
internal static class SmallCases
{
    private static readonly BreakerSettingsCase Settings = new(
        2,
        2,
        2,
        Recovery: 10,
        Lease: 5,
        Multiplier: 2,
        MaxRecovery: 60,
        Shadow: false
    );

    // Two calls under way and one failure short of the threshold.
    private static readonly BreakerCommand[] Closed = [Do(Enter, 100), Do(Enter, 101), Do(Enter, 102), Do(Fail, 102)];
    private static readonly BreakerCommand[] Recovered = [.. Closed, Do(Enter, 103), Do(Fail, 103), Do(Advance, 10)];
    private static readonly BreakerCommand[] Probing = [.. Recovered, Do(Enter, 104), Do(Enter, 105)];
    private static readonly BreakerCommand[] OneToGo = [.. Recovered, Do(Enter, 103), Do(Enter, 104), Do(Succeed, 103)];
    private static readonly BreakerCommand[] Lapsed = [.. Probing, Do(Advance, 5)];

    public static IReadOnlyDictionary<string, ConcurrentCase> All { get; } =
        new Dictionary<string, ConcurrentCase>(StringComparer.Ordinal)
        {
            ["two failures at the threshold"] = Case(
                Closed,
                [
                    [Do(Fail, 100), Do(Enter, 1)],
                    [Do(Fail, 101)],
                ]
            ),
            ["failure and success at the threshold"] = Case(
                Closed,
                [
                    [Do(Fail, 100)],
                    [Do(Succeed, 101), Do(ReadSnapshot)],
                ]
            ),
            ["failure, failure and success"] = Case(
                Closed,
                [
                    [Do(Fail, 100)],
                    [Do(Fail, 101)],
                    [Do(Succeed, 101)],
                ]
            ),
            ["close and failures"] = Case(
                Closed,
                [
                    [Do(Close), Do(Fail, 100)],
                    [Do(Fail, 101), Do(ReadSnapshot)],
                ]
            ),
            ["one call reported twice"] = Case(
                Closed,
                [
                    [Do(Fail, 100), Do(ReadSnapshot)],
                    [Do(Fail, 100)],
                ]
            ),
            ["two callers after the recovery"] = Case(
                Recovered,
                [
                    [Do(Enter, 1), Do(Enter, 2)],
                    [Do(Enter, 3), Do(ReadState)],
                ]
            ),
            ["three callers for one place"] = Case(
                OneToGo,
                [
                    [Do(Enter, 1)],
                    [Do(Enter, 2)],
                    [Do(Enter, 3)],
                ]
            ),
            ["two deciding successes"] = Case(
                Probing,
                [
                    [Do(Succeed, 104)],
                    [Do(Succeed, 105), Do(Enter, 1)],
                ]
            ),
            ["success and failure of two probes"] = Case(
                Probing,
                [
                    [Do(Succeed, 104), Do(Enter, 1)],
                    [Do(Fail, 105)],
                ]
            ),
            ["one probe reported twice"] = Case(
                OneToGo,
                [
                    [Do(Fail, 104), Do(ReadSnapshot)],
                    [Do(Succeed, 104)],
                ]
            ),
            ["deciding success and isolation"] = Case(
                OneToGo,
                [
                    [Do(Succeed, 104), Do(ReadState)],
                    [Do(Isolate)],
                ]
            ),
            ["ignored probe and the next caller"] = Case(
                Probing,
                [
                    [Do(Ignore, 104)],
                    [Do(Enter, 1), Do(Enter, 2)],
                ]
            ),
            ["lapsed places and late results"] = Case(
                Lapsed,
                [
                    [Do(Enter, 1), Do(Fail, 104)],
                    [Do(Enter, 2)],
                ]
            ),
            ["place lapsing under the result"] = Case(
                Probing,
                [
                    [Do(Advance, 5), Do(Enter, 1)],
                    [Do(Succeed, 104)],
                    [Do(ReadSnapshot)],
                ]
            ),
            ["result from before the opening"] = Case(
                Probing,
                [
                    [Do(Fail, 100), Do(Succeed, 104)],
                    [Do(Fail, 105)],
                ]
            ),
            ["trips while time passes"] = Case(
                Probing,
                [
                    [Do(Trip, 1), Do(Advance, 4)],
                    [Do(Advance, 3), Do(Trip, 2), Do(ReadSnapshot)],
                ]
            ),
            ["trips by a thread that was held up"] = Case(
                Probing,
                [
                    [Do(Trip, 1)],
                    [Do(Advance, 3), Do(Trip, 2), Do(ReadSnapshot)],
                ]
            ) with
            {
                Fine = true,
            },
            ["controls against one another"] = Case(
                Closed,
                [
                    [Do(Isolate), Do(Close)],
                    [Do(Trip, 1), Do(ReadState)],
                ]
            ),
        };

    private static BreakerCommand Do(BreakerAct act, int number = 0) => new(act, number);

    private static ConcurrentCase Case(IReadOnlyList<BreakerCommand> setUp, IReadOnlyList<IReadOnlyList<BreakerCommand>> programs) =>
        new(Settings, setUp, programs, Fine: false);
}
