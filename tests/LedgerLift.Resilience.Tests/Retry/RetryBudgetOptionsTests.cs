using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

public sealed class RetryBudgetOptionsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static TheoryData<double, int, TimeSpan> Edges =>
        new()
        {
            { 0, 10, TimeSpan.FromSeconds(10) },
            { 0.0001, 10, TimeSpan.FromSeconds(10) },
            { 1, 10, TimeSpan.FromSeconds(10) },
            { 0.2, 0, TimeSpan.FromSeconds(10) },
            { 0.2, 100_000, TimeSpan.FromSeconds(1) },
            { 0.2, 10, TimeSpan.FromMilliseconds(100) },
            { 0.2, 27, TimeSpan.FromHours(1) },
        };

    public static TheoryData<Action<RetryBudgetOptions>, string> Faults =>
        new()
        {
            { o => o.Ratio = -0.1, "Ratio must be 0, or from 0.0001 to 1, but is -0.1." },
            { o => o.Ratio = 0.00009, "Ratio must be 0, or from 0.0001 to 1, but is 9E-05." },
            { o => o.Ratio = 1.0001, "Ratio must be 0, or from 0.0001 to 1, but is 1.0001." },
            { o => o.Ratio = double.NaN, "Ratio must be 0, or from 0.0001 to 1, but is NaN." },
            { o => o.MinRetriesPerSecond = -1, "MinRetriesPerSecond must be from 0 to 100000, but is -1." },
            { o => o.MinRetriesPerSecond = 100_001, "MinRetriesPerSecond must be from 0 to 100000, but is 100001." },
            { o => o.Window = TimeSpan.Zero, "Window must be from 00:00:00.1000000 to 01:00:00, but is 00:00:00." },
            {
                o => o.Window = TimeSpan.FromMilliseconds(100) - Tick,
                "Window must be from 00:00:00.1000000 to 01:00:00, but is 00:00:00.0999999."
            },
            { o => o.Window = TimeSpan.FromHours(1) + Tick, "Window must be from 00:00:00.1000000 to 01:00:00, but is 01:00:00.0000001." },
            {
                o => (o.MinRetriesPerSecond, o.Window) = (1, TimeSpan.FromSeconds(1) - Tick),
                "MinRetriesPerSecond (1) times Window (00:00:00.9999999) must be 0, or from 1 to 100000, but is 0.9999999."
            },
            {
                o => (o.MinRetriesPerSecond, o.Window) = (100_000, TimeSpan.FromSeconds(2)),
                "MinRetriesPerSecond (100000) times Window (00:00:02) must be 0, or from 1 to 100000, but is 200000."
            },
        };

    [Fact]
    public void Defaults_are_those_of_the_design_and_valid()
    {
        var options = new RetryBudgetOptions();

        Assert.Equal((0.2, 10, TimeSpan.FromSeconds(10)), (options.Ratio, options.MinRetriesPerSecond, options.Window));
        Assert.True(new RetryBudgetOptionsValidator().Validate(name: null, options).Succeeded);
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void Edges_are_valid_and_make_a_budget_that_starts_with_its_reserve(double ratio, int perSecond, TimeSpan window)
    {
        var budget = new RetryBudget(
            new RetryBudgetOptions
            {
                Ratio = ratio,
                MinRetriesPerSecond = perSecond,
                Window = window,
            },
            new ManualTimeProvider()
        );

        Assert.Equal(perSecond * window.TotalSeconds, budget.Balance);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_with_its_value_by_validator_and_constructor(Action<RetryBudgetOptions> change, string fault)
    {
        var options = new RetryBudgetOptions();
        change(options);

        Assert.Equal([fault], new RetryBudgetOptionsValidator().Validate(name: null, options).Failures);
        var refusal = Assert.Throws<ArgumentException>(nameof(options), () => new RetryBudget(options));
        Assert.StartsWith(fault, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var options = new RetryBudgetOptions
        {
            Ratio = 2,
            MinRetriesPerSecond = -1,
            Window = TimeSpan.Zero,
        };

        var names = new RetryBudgetOptionsValidator().Validate(name: null, options).Failures!.Select(fault => fault.Split(' ')[0]);

        Assert.Equal(["Ratio", "MinRetriesPerSecond", "Window"], names);
    }
}
