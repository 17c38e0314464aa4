namespace LedgerLift.Resilience.Tests;

public sealed class ResiliencePolicyOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_documents_and_valid()
    {
        var options = new ResiliencePolicyOptions();

        Assert.Equal(
            (5, 60d, 2),
            (
                options.CircuitBreaker!.FailureThreshold,
                options.CircuitBreaker.RecoveryTimeout.TotalSeconds,
                options.CircuitBreaker.SuccessThreshold
            )
        );
        Assert.Equal(
            (3, 1d, 30d, 0.2),
            (options.Retry.MaxRetries, options.Retry.BaseDelay.TotalSeconds, options.Retry.MaxDelay.TotalSeconds, options.Retry.Jitter)
        );
        Assert.Equal((0.2, 10, 10d), (options.Budget!.Ratio, options.Budget.MinRetriesPerSecond, options.Budget.Window.TotalSeconds));
        Assert.Equal((null, TimeSpan.FromSeconds(30), false), (options.AttemptTimeout, options.TotalTimeout, options.RetryOpenCircuit));
        Assert.Empty(Faults(options));
    }

    [Fact]
    public void Everything_optional_may_be_left_out() =>
        Assert.Empty(
            Faults(
                new ResiliencePolicyOptions
                {
                    CircuitBreaker = null,
                    Budget = null,
                    TotalTimeout = null,
                }
            )
        );

    [Fact]
    public void Every_fault_is_reported_at_once_with_its_option_and_value()
    {
        var options = new ResiliencePolicyOptions
        {
            CircuitBreaker = new()
            {
                FailureThreshold = 0,
                MaxConcurrentProbes = 3,
                RecoveryMultiplier = double.NaN,
            },
            Retry = { BaseDelay = TimeSpan.FromMinutes(1), Jitter = 1.5 },
            Budget = new() { Ratio = -1 },
            AttemptTimeout = TimeSpan.FromSeconds(31),
            MaxKeyedBreakers = 0,
        };

        var thrown = Assert.Throws<ArgumentException>(() => new ResilienceExecutor("faulty", options));

        Assert.Equal("options", thrown.ParamName);
        foreach (var part in Faults(options))
            Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
        string[] expected =
        [
            "CircuitBreaker.FailureThreshold must be at least 1, but is 0.",
            "CircuitBreaker.MaxConcurrentProbes must be from 1 to SuccessThreshold (2), but is 3.",
            "CircuitBreaker.RecoveryMultiplier must be finite and at least 1, but is NaN.",
            "Budget.Ratio must be 0, or from 0.0001 to 1, but is -1.",
            "Retry.BaseDelay must be from zero to MaxDelay (00:00:30), but is 00:01:00.",
            "Retry.Jitter must be from 0 to 1, but is 1.5.",
            "AttemptTimeout (00:00:31) must be at most TotalTimeout (00:00:30).",
            "MaxKeyedBreakers must be from 1 to 100000, but is 0.",
        ];
        Assert.Equal(expected, Faults(options));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(24 * 86_400_000L, true)]
    [InlineData((24 * 86_400_000L) + 1, false)]
    public void A_total_timeout_is_positive_and_at_most_24_days(long milliseconds, bool valid) =>
        Assert.Equal(valid, Faults(new ResiliencePolicyOptions { TotalTimeout = TimeSpan.FromMilliseconds(milliseconds) }).Count == 0);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(30_000, true)]
    [InlineData(30_001, false)]
    public void An_attempt_timeout_is_positive_and_at_most_the_total_timeout(long milliseconds, bool valid) =>
        Assert.Equal(valid, Faults(new ResiliencePolicyOptions { AttemptTimeout = TimeSpan.FromMilliseconds(milliseconds) }).Count == 0);

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void A_probe_keeps_its_place_at_least_as_long_as_its_attempt_may_take(int leaseSeconds, bool valid)
    {
        var options = new ResiliencePolicyOptions
        {
            AttemptTimeout = TimeSpan.FromSeconds(5),
            CircuitBreaker = new() { ProbeLease = TimeSpan.FromSeconds(leaseSeconds) },
        };

        Assert.Equal(valid, Faults(options).Count == 0);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public void Keyed_breakers_are_bounded(int most, bool valid) =>
        Assert.Equal(valid, Faults(new ResiliencePolicyOptions { MaxKeyedBreakers = most }).Count == 0);

    [Fact]
    public void No_retry_options_is_a_fault_that_says_what_to_give() =>
        Assert.Contains("MaxRetries to 0", Assert.Single(Faults(new ResiliencePolicyOptions { Retry = null! })), StringComparison.Ordinal);

    private static List<string> Faults(ResiliencePolicyOptions options) =>
        [.. new ResiliencePolicyOptionsValidator().Validate(name: null, options).Failures ?? []];
}
