namespace LedgerLift.Resilience.Tests;

public sealed class RetryOptionsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static TheoryData<string, Action<RetryOptions>> Edges =>
        new()
        {
            { "no retries", o => o.MaxRetries = 0 },
            { "retries for ever", o => o.MaxRetries = int.MaxValue },
            { "no delay", o => o.BaseDelay = TimeSpan.Zero },
            { "no delay at all", o => (o.BaseDelay, o.MaxDelay) = (TimeSpan.Zero, TimeSpan.Zero) },
            { "base equals cap", o => o.BaseDelay = o.MaxDelay },
            { "a day", o => (o.BaseDelay, o.MaxDelay) = (Day, Day) },
            { "constant", o => o.Multiplier = 1 },
            { "steep", o => o.Multiplier = double.MaxValue },
            { "no jitter", o => o.Jitter = 0 },
            { "whole jitter", o => o.Jitter = 1 },
            { "full", o => o.JitterMode = JitterMode.Full },
            { "none", o => o.JitterMode = JitterMode.None },
            { "wishes not followed", o => o.MaxRetryAfter = TimeSpan.Zero },
            { "wishes of a day", o => o.MaxRetryAfter = Day },
        };

    public static TheoryData<Action<RetryOptions>, string> Faults =>
        new()
        {
            { o => o.MaxRetries = -1, "MaxRetries must be at least 0, but is -1." },
            { o => o.BaseDelay = -Tick, "BaseDelay must be from zero to MaxDelay (00:00:30), but is -00:00:00.0000001." },
            { o => o.BaseDelay = o.MaxDelay + Tick, "BaseDelay must be from zero to MaxDelay (00:00:30), but is 00:00:30.0000001." },
            { o => o.MaxDelay = Day + Tick, "MaxDelay must be from zero to 1.00:00:00, but is 1.00:00:00.0000001." },
            { o => o.Multiplier = 0.999, "Multiplier must be finite and at least 1, but is 0.999." },
            { o => o.Multiplier = double.NaN, "Multiplier must be finite and at least 1, but is NaN." },
            { o => o.Multiplier = double.PositiveInfinity, "Multiplier must be finite and at least 1, but is Infinity." },
            { o => o.Jitter = -0.001, "Jitter must be from 0 to 1, but is -0.001." },
            { o => o.Jitter = 1.001, "Jitter must be from 0 to 1, but is 1.001." },
            { o => o.Jitter = double.NaN, "Jitter must be from 0 to 1, but is NaN." },
            { o => o.JitterMode = (JitterMode)3, "JitterMode must be Proportional, Full or None, but is 3." },
            { o => o.JitterMode = (JitterMode)(-1), "JitterMode must be Proportional, Full or None, but is -1." },
            { o => o.MaxRetryAfter = -Tick, "MaxRetryAfter must be null or from zero to 1.00:00:00, but is -00:00:00.0000001." },
            { o => o.MaxRetryAfter = Day + Tick, "MaxRetryAfter must be null or from zero to 1.00:00:00, but is 1.00:00:00.0000001." },
        };

    [Fact]
    public void Defaults_are_those_of_the_documents_and_valid()
    {
        var options = new RetryOptions();

        Assert.Equal(3, options.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(1), options.BaseDelay);
        Assert.Equal(TimeSpan.FromSeconds(30), options.MaxDelay);
        Assert.Equal(2, options.Multiplier);
        Assert.Equal(0.2, options.Jitter);
        Assert.Equal(JitterMode.Proportional, options.JitterMode);
        Assert.Null(options.MaxRetryAfter);
        Assert.Empty(FaultsOf(options));
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void Edges_are_valid(string edge, Action<RetryOptions> change)
    {
        var options = new RetryOptions();
        change(options);

        Assert.True(FaultsOf(options).Count == 0, edge);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_with_its_value_by_validator_and_formula(Action<RetryOptions> change, string fault)
    {
        var options = new RetryOptions();
        change(options);

        Assert.Equal([fault], FaultsOf(options));
        var refusal = Assert.Throws<ArgumentException>("options", () => JitteredBackoff.GetDelay(options, 0, 0));
        Assert.StartsWith(fault, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var options = new RetryOptions
        {
            MaxRetries = -1,
            BaseDelay = -Tick,
            MaxDelay = -Day,
            Multiplier = 0,
            Jitter = 2,
            JitterMode = (JitterMode)9,
            MaxRetryAfter = -Tick,
        };

        var names = FaultsOf(options).Select(fault => fault.Split(' ')[0]);

        Assert.Equal(["MaxRetries", "MaxDelay", "BaseDelay", "MaxRetryAfter", "Multiplier", "Jitter", "JitterMode"], names);
    }

    private static List<string> FaultsOf(RetryOptions options) =>
        [.. new RetryOptionsValidator().Validate(name: null, options).Failures ?? []];
}
