using System.Globalization;

namespace LedgerLift.Resilience.Tests;

public sealed class CircuitBreakerOptionsValidatorTests
{
    private const string Counts = "FailureThreshold SuccessThreshold";

    [Fact]
    public void The_defaults_are_those_of_the_documents_and_valid()
    {
        var options = new CircuitBreakerOptions();

        Assert.Equal((5, 2, 1), (options.FailureThreshold, options.SuccessThreshold, options.MaxConcurrentProbes));
        Assert.Equal((TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10)), (options.RecoveryTimeout, options.MaxRecoveryTimeout));
        Assert.Null(options.ProbeLease);
        Assert.Equal((1d, BreakerMode.Enforce), (options.RecoveryMultiplier, options.Mode));
        Assert.Empty(Faults(_ => { }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Counts_may_be_as_small_as_one_and_as_large_as_there_are(int count) =>
        Assert.Empty(Faults(o => (o.FailureThreshold, o.SuccessThreshold, o.MaxConcurrentProbes) = (count, count, count)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Counts_under_one_are_refused(int count)
    {
        var text = count.ToString(CultureInfo.InvariantCulture);

        Assert.Equal([$"FailureThreshold must be at least 1, but is {text}."], Faults(o => o.FailureThreshold = count));
        Assert.Equal([$"SuccessThreshold must be at least 1, but is {text}."], Faults(o => o.SuccessThreshold = count));
        Assert.Equal(
            [$"MaxConcurrentProbes must be from 1 to SuccessThreshold (2), but is {text}."],
            Faults(o => o.MaxConcurrentProbes = count)
        );
    }

    [Fact]
    public void There_may_be_as_many_places_as_successes_needed_and_not_one_more()
    {
        Assert.Empty(Faults(o => o.MaxConcurrentProbes = 2));
        Assert.Equal(["MaxConcurrentProbes must be from 1 to SuccessThreshold (2), but is 3."], Faults(o => o.MaxConcurrentProbes = 3));
    }

    [Fact]
    public void Times_are_greater_than_zero()
    {
        Assert.Empty(Faults(o => (o.RecoveryTimeout, o.ProbeLease) = (BreakerRig.Tick, BreakerRig.Tick)));
        Assert.Empty(Faults(o => (o.RecoveryTimeout, o.ProbeLease) = (TimeSpan.MaxValue, TimeSpan.MaxValue)));
        foreach (var (time, text) in new[] { (TimeSpan.Zero, "00:00:00"), (-BreakerRig.Tick, "-00:00:00.0000001") })
        {
            Assert.Equal([$"RecoveryTimeout must be greater than zero, but is {text}."], Faults(o => o.RecoveryTimeout = time));
            Assert.Equal([$"ProbeLease must be null or greater than zero, but is {text}."], Faults(o => o.ProbeLease = time));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.0000001)]
    [InlineData(double.MaxValue)]
    public void The_multiplier_may_be_any_finite_number_from_one(double multiplier) =>
        Assert.Empty(Faults(o => o.RecoveryMultiplier = multiplier));

    [Theory]
    [InlineData(0.9999999, "0.9999999")]
    [InlineData(0, "0")]
    [InlineData(-2, "-2")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Any_other_multiplier_is_refused(double multiplier, string text) =>
        Assert.Equal([$"RecoveryMultiplier must be finite and at least 1, but is {text}."], Faults(o => o.RecoveryMultiplier = multiplier));

    [Fact]
    public void The_maximum_is_at_least_the_recovery_time_when_openings_grow()
    {
        Assert.Empty(Faults(o => (o.RecoveryMultiplier, o.MaxRecoveryTimeout) = (2, BreakerRig.Recovery)));
        Assert.Equal(
            ["MaxRecoveryTimeout must be at least RecoveryTimeout (00:01:00), but is 00:00:59.9999999."],
            Faults(o => (o.RecoveryMultiplier, o.MaxRecoveryTimeout) = (2, BreakerRig.Recovery - BreakerRig.Tick))
        );
        Assert.Empty(Faults(o => (o.RecoveryMultiplier, o.MaxRecoveryTimeout) = (1, BreakerRig.Recovery - BreakerRig.Tick)));
    }

    [Fact]
    public void A_mode_that_is_none_is_refused()
    {
        Assert.Empty(Faults(o => o.Mode = BreakerMode.Shadow));
        Assert.Equal(["Mode must be Enforce or Shadow, but is 2."], Faults(o => o.Mode = (BreakerMode)2));
        Assert.Equal(["Mode must be Enforce or Shadow, but is -1."], Faults(o => o.Mode = (BreakerMode)(-1)));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        static void Spoil(CircuitBreakerOptions options)
        {
            (options.FailureThreshold, options.SuccessThreshold, options.MaxConcurrentProbes) = (0, 0, 0);
            (options.RecoveryTimeout, options.ProbeLease) = (TimeSpan.Zero, TimeSpan.Zero);
            (options.RecoveryMultiplier, options.Mode) = (double.NaN, (BreakerMode)7);
        }

        string[] names = [.. Counts.Split(' '), "MaxConcurrentProbes", "RecoveryTimeout", "ProbeLease", "RecoveryMultiplier", "Mode"];
        Assert.Equal(names, Faults(Spoil).Select(fault => fault.Split(' ')[0]));

        var options = new CircuitBreakerOptions();
        Spoil(options);
        var exception = Assert.Throws<ArgumentException>("options", () => new CircuitBreaker("store", options));
        Assert.All(names, name => Assert.Contains(name + " must", exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_are_written_the_same_way_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NegativeSign = "minus ";
            odd.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = odd;

            Assert.Equal(["FailureThreshold must be at least 1, but is -1."], Faults(o => o.FailureThreshold = -1));
            Assert.Equal(["RecoveryMultiplier must be finite and at least 1, but is 0.5."], Faults(o => o.RecoveryMultiplier = 0.5));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string[] Faults(Action<CircuitBreakerOptions> configure)
    {
        var options = new CircuitBreakerOptions();
        configure(options);
        var result = new CircuitBreakerOptionsValidator().Validate(name: null, options);
        return result.Failures?.ToArray() ?? [];
    }
}
