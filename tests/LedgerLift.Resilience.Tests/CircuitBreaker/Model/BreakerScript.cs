using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Resilience.Tests;

/// <summary>Settings to begin with and what happens then.</summary>
internal sealed record BreakerScript(BreakerSettingsCase Settings, IReadOnlyList<BreakerCommand> Commands)
{
    public const int Length = 120;

    private static readonly Gen<BreakerSettingsCase> AnySettings =
        from failures in Gen.Choose(1, 5)
        from successes in Gen.Frequency((3, Gen.Choose(1, 2)), (1, Gen.Choose(3, 5)))
        from probes in Gen.Choose(1, Math.Min(3, successes))
        from recovery in Gen.Elements(1, 5, 60)
        from lease in Gen.Elements<int?>(null, 1, 5, 60, 90)
        from multiplier in Gen.Elements(1, 1.5, 2, 3)
        from maximum in Gen.Elements(60, 100, 600)
        from shadow in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new BreakerSettingsCase(failures, successes, probes, recovery, lease, multiplier, maximum, shadow);

    private static readonly Gen<BreakerCommand> AnyCommand = Gen.Frequency(
        (60, Numbered(BreakerAct.Enter)),
        (34, Numbered(BreakerAct.Succeed)),
        (30, Numbered(BreakerAct.Fail)),
        (4, Numbered(BreakerAct.FailWithoutCause)),
        (10, Numbered(BreakerAct.Ignore)),
        (26, Numbered(BreakerAct.Advance)),
        (2, Numbered(BreakerAct.StepWallClock)),
        (1, Numbered(BreakerAct.Isolate)),
        (4, Numbered(BreakerAct.Close)),
        (1, Numbered(BreakerAct.Trip)),
        (1, Numbered(BreakerAct.TripWithoutCause)),
        (1, AnySettings.Select(settings => new BreakerCommand(BreakerAct.Update, Settings: settings))),
        (2, Numbered(BreakerAct.ReadSnapshot))
    );

    public static Arbitrary<BreakerScript> Arbitrary { get; } =
        Arb.From(
            from settings in AnySettings
            from commands in AnyCommand.ListOf(Length)
            select new BreakerScript(settings, [.. commands]),
            script => script.Shorter()
        );

    public override string ToString() => $"{Settings}{Environment.NewLine}{string.Join(Environment.NewLine, Commands)}";

    // Without the second half, without each quarter, … without each command.
    private IEnumerable<BreakerScript> Shorter()
    {
        for (var cut = Commands.Count / 2; cut > 0; cut /= 2)
        {
            for (var from = Commands.Count - cut; from >= 0; from -= cut)
                yield return this with
                {
                    Commands = [.. Commands.Take(from), .. Commands.Skip(from + cut)],
                };
        }
    }

    private static Gen<BreakerCommand> Numbered(BreakerAct act) =>
        Gen.Choose(0, 1_000_000).Select(number => new BreakerCommand(act, number));
}
