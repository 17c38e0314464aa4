using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Resilience.Tests;

/// <summary>Options and a sequence of commands: a positive number of milliseconds passes, <see cref="Request"/> or <see cref="Retry"/>.</summary>
internal sealed record BudgetRun(RetryBudgetOptions Options, IReadOnlyList<int> Commands)
{
    internal const int Request = -1;
    internal const int Retry = 0;

    internal static Arbitrary<BudgetRun> Any { get; } =
        (
            from ratio in Gen.Elements(0, 0.0001, 0.1, 0.2, 0.29, 0.5, 0.9999, 1)
            from perSecond in Gen.Elements(0, 1, 3, 10, 1000)
            from window in Gen.Elements(1, 2, 10, 60)
            from weights in Gen.Elements((1, 1, 1), (8, 2, 1), (1, 8, 1), (20, 20, 1))
            from length in Gen.Choose(50, 400)
            from commands in Gen.Frequency(
                    (weights.Item1, Gen.Constant(Request)),
                    (weights.Item2, Gen.Constant(Retry)),
                    (weights.Item3, Gen.OneOf(Gen.Choose(1, 50), Gen.Choose(1, 3000), Gen.Elements(19, 20, 21, 100_000_000)))
                )
                .ListOf(length)
            select new BudgetRun(
                new RetryBudgetOptions
                {
                    Ratio = ratio,
                    MinRetriesPerSecond = perSecond,
                    Window = TimeSpan.FromSeconds(window),
                },
                commands
            )
        ).ToArbitrary();

    public override string ToString() =>
        $"{Options.Ratio} {Options.MinRetriesPerSecond}/s {Options.Window}: {string.Join(' ', Commands.Select(Name))}";

    private static string Name(int command) =>
        command switch
        {
            Request => "request",
            Retry => "retry",
            _ => $"{command}ms",
        };
}
