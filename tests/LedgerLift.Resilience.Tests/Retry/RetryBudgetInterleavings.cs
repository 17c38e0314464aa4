using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>
/// Drives the budget's loops through the interleavings of their reads and swaps and asks of every history whether the naive budget explains it. With any
/// one compare-and-swap replaced by a plain write these tests fail: docs/resilience-proofs.md lists the mutants that were tried.
/// </summary>
public sealed class RetryBudgetInterleavings
{
    private static readonly string[] Calls = ["request", "retry", "time"];

    private static readonly RetryBudgetOptions Options = new()
    {
        Ratio = 0.5,
        MinRetriesPerSecond = 2,
        Window = TimeSpan.FromSeconds(1),
    };

    /// <summary>How many retries are taken before the run: 2, 1 or none are left of a capacity of 2.</summary>
    public static TheoryData<int> Withdrawn => [0, 1, 2];

    [Theory]
    [MemberData(nameof(Withdrawn))]
    public void Two_threads_with_two_calls_each_can_be_put_in_order(int withdrawn)
    {
        var scripts = Calls.SelectMany(first => Calls.Select(second => new[] { first, second })).ToArray();
        var pairs = from one in scripts from other in scripts where InOrder(one, other) select new[] { one, other };

        Assert.True(Explore(pairs, withdrawn, preemptions: 4) > 2_000);
    }

    [Theory]
    [MemberData(nameof(Withdrawn))]
    public void Three_threads_with_a_call_each_can_be_put_in_order(int withdrawn)
    {
        var triples =
            from one in Calls
            from two in Calls
            from three in Calls
            where InOrder([one], [two]) && InOrder([two], [three])
            select new[] { new[] { one }, [two], [three] };

        Assert.True(Explore(triples, withdrawn, preemptions: 3) > 1_000);
    }

    [Fact]
    public void Four_threads_never_take_more_than_the_reserve_and_what_was_deposited()
    {
        const int Rounds = 20_000;
        var budget = new RetryBudget(options: null, new ManualTimeProvider());
        var granted = 0;

        InParallel(
            (_, _) =>
            {
                budget.RecordRequest();
                if (budget.TryWithdraw())
                    Interlocked.Increment(ref granted);
            },
            Rounds
        );

        while (budget.TryWithdraw())
            granted++;
        // Only the first deposits, on a budget still full, may have been turned away: one a thread at most.
        Assert.InRange(granted, (4 * Rounds / 5) + 99, (4 * Rounds / 5) + 100);
    }

    [Fact]
    public void With_the_reserve_gone_every_deposit_of_four_threads_counts_exactly()
    {
        const int Requests = 20_000;
        var options = new RetryBudgetOptions { MinRetriesPerSecond = 100_000, Window = TimeSpan.FromSeconds(1) };
        var budget = new RetryBudget(options, new ManualTimeProvider());
        var reserve = 0;
        while (budget.TryWithdraw())
            reserve++;
        Assert.Equal(100_000, reserve);
        var granted = 0;

        InParallel(
            (worker, _) =>
            {
                budget.RecordRequest();
                if (worker % 2 == 0 && budget.TryWithdraw())
                    Interlocked.Increment(ref granted);
            },
            Requests
        );

        while (budget.TryWithdraw())
            granted++;
        Assert.Equal(4 * Requests / 5, granted);
        Assert.Equal(0, budget.Balance);
    }

    // Threads are alike: of two programs that differ in the order of threads only, one is enough.
    private static bool InOrder(string[] one, string[] other) => string.CompareOrdinal(string.Join(' ', one), string.Join(' ', other)) <= 0;

    private static void InParallel(Action<int, int> act, int rounds) =>
        Parallel.For(
            0,
            4,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            worker =>
            {
                for (var round = 0; round < rounds; round++)
                    act(worker, round);
            }
        );

    private static int Explore(IEnumerable<string[][]> programs, int withdrawn, int preemptions)
    {
        var runs = 0;
        using var crew = new InterleavingCrew(3);
        foreach (var program in programs)
        {
            var plan = new InterleavingPlan(preemptions);
            do
            {
                runs++;
                new BudgetHistory(Options, withdrawn).Run(crew, plan, program);
            } while (plan.Advance());
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{runs} interleavings");
        return runs;
    }
}
