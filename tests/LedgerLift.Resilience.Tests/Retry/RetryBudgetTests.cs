using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

public sealed class RetryBudgetTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Starts_with_a_full_reserve_of_which_each_retry_takes_one()
    {
        var budget = new RetryBudget(options: null, _clock);

        Assert.Equal(100, budget.Balance);
        Assert.Equal(100, Drain(budget));
        Assert.Equal(0, budget.Balance);
        Assert.False(budget.TryWithdraw());
    }

    [Fact]
    public void Five_requests_are_exactly_one_retry()
    {
        var budget = new RetryBudget(options: null, _clock);
        Drain(budget);

        for (var round = 1; round <= 20; round++)
        {
            Request(budget, 4);
            Assert.False(budget.TryWithdraw());
            Request(budget, 1);
            Assert.Equal(1, budget.Balance);
            Assert.True(budget.TryWithdraw());
            Assert.Equal(0, budget.Balance);
        }
    }

    [Theory]
    [InlineData(0.29, 100, 29)]
    [InlineData(0.1, 10, 1)]
    [InlineData(0.7, 10, 7)]
    [InlineData(1, 3, 3)]
    // Three ten-thousandths: multiplied as a binary number they come out as 2.9999999999999996.
    [InlineData(0.0003, 10_000, 3)]
    [InlineData(0.0001, 9999, 0)]
    [InlineData(0.0001, 10_000, 1)]
    // A third is rounded down: 0.3333, so three requests are not quite one retry.
    [InlineData(1.0 / 3, 3, 0)]
    [InlineData(1.0 / 3, 4, 1)]
    public void Requests_add_their_share_and_rounding_never_adds(double ratio, int requests, int retries)
    {
        var budget = new RetryBudget(new RetryBudgetOptions { Ratio = ratio }, _clock);
        Drain(budget);

        Request(budget, requests);

        Assert.Equal(retries, Drain(budget));
    }

    [Fact]
    public void Never_holds_more_than_its_capacity()
    {
        var budget = new RetryBudget(options: null, _clock);

        Request(budget, 1000);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(100, budget.Balance);
        Request(budget, 1000);

        Assert.Equal(100, Drain(budget));
    }

    [Fact]
    public void Without_a_time_reserve_it_starts_empty_and_holds_what_five_hundred_requests_add()
    {
        var budget = new RetryBudget(new RetryBudgetOptions { MinRetriesPerSecond = 0 }, _clock);

        Assert.False(budget.TryWithdraw());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(budget.TryWithdraw());
        Request(budget, 100);
        Assert.Equal(20, budget.Balance);
        Request(budget, 10_000);
        Assert.Equal(100, Drain(budget));
    }

    [Fact]
    public void Without_a_ratio_only_time_fills_it()
    {
        var budget = new RetryBudget(new RetryBudgetOptions { Ratio = 0 }, _clock);
        Drain(budget);

        Request(budget, 10_000);
        Assert.False(budget.TryWithdraw());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, Drain(budget));
    }

    [Fact]
    public void Time_fills_the_reserve_in_steps_of_twenty_milliseconds_without_drift()
    {
        var budget = new RetryBudget(new RetryBudgetOptions { MinRetriesPerSecond = 3 }, _clock);
        Drain(budget);

        _clock.Advance(TimeSpan.FromMilliseconds(19.9999));
        Assert.Equal(0, budget.Balance);
        _clock.Advance(TimeSpan.FromMilliseconds(0.0001));
        Assert.Equal(0.06, budget.Balance);
        // 7 ms at a time, asking every time: the parts of steps must not get lost.
        var granted = 0;
        for (var i = 0; i < 1000; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(7));
            granted += budget.TryWithdraw() ? 1 : 0;
        }

        // 7.02 seconds at 3 a second, in whole steps.
        Assert.Equal(21, granted);
        Assert.Equal(0.06, budget.Balance, 10);
    }

    [Fact]
    public void A_step_of_the_wall_clock_changes_nothing()
    {
        var budget = new RetryBudget(options: null, _clock);
        Drain(budget);

        _clock.StepWallClock(TimeSpan.FromHours(1));
        Assert.False(budget.TryWithdraw());
        _clock.StepWallClock(TimeSpan.FromHours(-2));
        _clock.AdvanceTimestamp(TimeSpan.FromMilliseconds(100));

        Assert.True(budget.TryWithdraw());
    }

    [Fact]
    public void Reading_the_balance_changes_nothing()
    {
        var read = new RetryBudget(options: null, _clock);
        var unread = new RetryBudget(options: null, _clock);
        var random = new SeededRandom();
        for (var i = 0; i < 2000; i++)
        {
            Assert.Equal(unread.Balance, read.Balance);
            var (advance, withdraw) = (random.Next(30), random.Chance(0.5));
            _clock.Advance(TimeSpan.FromMilliseconds(advance));
            _ = read.Balance + read.Balance;
            if (withdraw)
                Assert.Equal(unread.TryWithdraw(), read.TryWithdraw());
            else
                RequestBoth(unread, read);
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(10_000_000)]
    [InlineData(1_000_000_000)]
    public void Counts_the_ticks_of_any_clock_for_years(long frequency)
    {
        var clock = new ManualTimeProvider(timestampFrequency: frequency);
        var budget = new RetryBudget(options: null, clock);
        foreach (var years in (ReadOnlySpan<int>)[1, 4, 4])
        {
            Assert.Equal(100, Drain(budget));
            clock.Advance(TimeSpan.FromDays(365 * years));
        }

        Assert.Equal(100, Drain(budget));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, Drain(budget));
    }

    [Fact]
    public void After_its_range_of_time_it_still_counts_requests_and_never_over_grants()
    {
        var budget = new RetryBudget(options: null, _clock);
        _clock.Advance(TimeSpan.FromDays(365 * 11));
        Assert.Equal(100, Drain(budget));
        _clock.Advance(TimeSpan.FromDays(365));

        Assert.False(budget.TryWithdraw());
        Request(budget, 5);
        Assert.Equal(1, Drain(budget));
    }

    [Fact]
    public void A_full_budget_neither_reads_the_clock_nor_allocates_for_a_request()
    {
        var clock = new CountingTimeProvider();
        var budget = new RetryBudget(options: null, clock);
        Request(budget, 10_000);
        var reads = clock.Reads;

        var allocated = LeastAllocated.Bytes(budget.RecordRequest, 10_000);

        Assert.Equal(0, allocated);
        Assert.Equal(reads, clock.Reads);
    }

    [Fact]
    public void A_full_budget_stays_the_same_to_the_bit_when_a_request_comes()
    {
        var rules = new RetryBudgetRules(new RetryBudgetOptions());

        Assert.Equal(rules.InitialState, rules.Deposit(rules.InitialState));
    }

    [Fact]
    public void A_clock_that_runs_back_brings_no_time_twice()
    {
        var clock = new UnsteadyTimeProvider();
        var budget = new RetryBudget(options: null, clock);
        Drain(budget);
        clock.Seconds = 1;
        Assert.Equal(10, Drain(budget));

        clock.Seconds = 0.5;
        Request(budget, 5);
        Assert.Equal(1, Drain(budget));
        clock.Seconds = 1;

        Assert.Equal(0, Drain(budget));
        clock.Seconds = -1;
        Assert.Equal(0, budget.Balance);
    }

    [Fact]
    public void An_empty_budget_does_not_allocate_either()
    {
        var budget = new RetryBudget(options: null, _clock);
        Drain(budget);
        Request(budget, 5);
        budget.TryWithdraw();

        var allocated = LeastAllocated.Bytes(
            () =>
            {
                budget.RecordRequest();
                budget.TryWithdraw();
            },
            10_000
        );

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void The_defaults_need_no_options_and_no_clock() => Assert.True(new RetryBudget().TryWithdraw());

    private static int Drain(RetryBudget budget)
    {
        var granted = 0;
        while (budget.TryWithdraw())
            granted++;
        return granted;
    }

    private static void Request(RetryBudget budget, int times)
    {
        for (var i = 0; i < times; i++)
            budget.RecordRequest();
    }

    private static void RequestBoth(RetryBudget one, RetryBudget other)
    {
        one.RecordRequest();
        other.RecordRequest();
    }
}
