using LedgerLift.Resilience;

namespace LedgerLift.Data.Tests;

public sealed class DatabaseOptionsTests
{
    private const string Server = "Host=h;Password=c4nary";

    public static TheoryData<string, Action<DatabaseOptions>> Accepted =>
        new()
        {
            { "defaults", _ => { } },
            { "smallest pool", o => (o.PoolSize, o.MaxOverflow) = (1, 0) },
            { "largest pool", o => (o.PoolSize, o.MaxOverflow) = (1000, 24) },
            { "longest name", o => o.Name = new string('n', 63) },
            { "no wait", o => o.PoolTimeout = TimeSpan.Zero },
            { "longest wait", o => o.PoolTimeout = TimeSpan.FromHours(1) },
            { "no recycling", o => o.PoolRecycle = TimeSpan.Zero },
            { "shortest recycling", o => o.PoolRecycle = TimeSpan.FromSeconds(1) },
            { "longest recycling", o => o.PoolRecycle = TimeSpan.FromDays(7) },
            { "shortest connect", o => o.ConnectTimeout = TimeSpan.FromSeconds(1) },
            { "longest connect", o => o.ConnectTimeout = TimeSpan.FromSeconds(1024) },
            { "shortest command", o => o.CommandTimeout = TimeSpan.FromSeconds(1) },
            { "longest command", o => o.CommandTimeout = TimeSpan.FromDays(1) },
            { "shortest commit", o => o.CommitTimeout = TimeSpan.FromSeconds(1) },
            { "longest commit", o => o.CommitTimeout = TimeSpan.FromHours(1) },
            { "shortest statement", o => o.StatementTimeout = TimeSpan.FromMilliseconds(1) },
            { "longest lock wait", o => o.LockTimeout = TimeSpan.FromDays(1) },
            { "every command is slow", o => o.SlowQueryThreshold = TimeSpan.Zero },
            { "full pool", o => o.PoolUtilizationWarning = 1 },
            { "shortest leak", o => o.LeakThreshold = TimeSpan.FromTicks(1) },
            { "no health cache", o => o.HealthCacheDuration = TimeSpan.Zero },
            { "longest health cache", o => o.HealthCacheDuration = TimeSpan.FromHours(1) },
        };

    public static TheoryData<string, Action<DatabaseOptions>> Refused =>
        new()
        {
            { "ConnectionString is empty", o => o.ConnectionString = " " },
            { "Name must", o => o.Name = string.Empty },
            { "Name must", o => o.Name = " n" },
            { "Name must", o => o.Name = "ı" },
            { "Name must", o => o.Name = new string('n', 64) },
            { "Name must", o => o.Name = null! },
            { "Mode must be Pooled, Serverless or PgBouncer, but is 3", o => o.Mode = (PoolingMode)3 },
            { "PrePing must be Adaptive, Always or Never, but is -1", o => o.PrePing = (PrePing)(-1) },
            { "CommitSafety must be None, Probe or Verified, but is 9", o => o.CommitSafety = (CommitSafety)9 },
            { "PoolSize must be at least 1, but is 0", o => o.PoolSize = 0 },
            { "MaxOverflow must be at least 0, but is -1", o => o.MaxOverflow = -1 },
            { "PoolSize (1000) and MaxOverflow (25) must together be at most 1024", o => (o.PoolSize, o.MaxOverflow) = (1000, 25) },
            { "PoolSize (2147483647) and", o => (o.PoolSize, o.MaxOverflow) = (int.MaxValue, int.MaxValue) },
            { "PoolTimeout must be from 00:00:00 to 01:00:00, but is -00:00:00.0000001", o => o.PoolTimeout = TimeSpan.FromTicks(-1) },
            { "PoolTimeout must", o => o.PoolTimeout = TimeSpan.FromHours(1) + TimeSpan.FromTicks(1) },
            { "PoolRecycle must", o => o.PoolRecycle = TimeSpan.FromMilliseconds(999) },
            { "PoolRecycle must", o => o.PoolRecycle = TimeSpan.FromDays(7) + TimeSpan.FromTicks(1) },
            { "ConnectTimeout must", o => o.ConnectTimeout = TimeSpan.FromMilliseconds(999) },
            { "ConnectTimeout must", o => o.ConnectTimeout = TimeSpan.FromSeconds(1025) },
            { "CommandTimeout must", o => o.CommandTimeout = TimeSpan.Zero },
            { "CommandTimeout must", o => o.CommandTimeout = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) },
            { "CommitTimeout must", o => o.CommitTimeout = TimeSpan.FromMilliseconds(999) },
            { "CommitTimeout must", o => o.CommitTimeout = TimeSpan.FromHours(1) + TimeSpan.FromTicks(1) },
            { "StatementTimeout must", o => o.StatementTimeout = TimeSpan.FromTicks(9999) },
            { "LockTimeout must", o => o.LockTimeout = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) },
            { "SlowQueryThreshold must", o => o.SlowQueryThreshold = TimeSpan.FromTicks(-1) },
            { "PoolUtilizationWarning must be over 0, to 1, but is 0", o => o.PoolUtilizationWarning = 0 },
            { "PoolUtilizationWarning must be over 0, to 1, but is 1.01", o => o.PoolUtilizationWarning = 1.01 },
            { "PoolUtilizationWarning must be over 0, to 1, but is NaN", o => o.PoolUtilizationWarning = double.NaN },
            { "LeakThreshold must", o => o.LeakThreshold = TimeSpan.Zero },
            { "HealthCacheDuration must", o => o.HealthCacheDuration = TimeSpan.FromTicks(-1) },
            { "Retry must not be null", o => o.Retry = null! },
            { "Retry: MaxRetries must be at least 0, but is -2", o => o.Retry.MaxRetries = -2 },
            { "Jitter must be from 0 to 1, but is 2", o => o.Retry.Jitter = 2 },
        };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Values_at_the_edges_are_accepted(string what, Action<DatabaseOptions> change)
    {
        Assert.NotNull(what);
        var options = new DatabaseOptions { ConnectionString = Server };
        change(options);

        Assert.Null(new DatabaseOptionsValidator().Validate(null, options).FailureMessage);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Values_beyond_are_refused_with_name_and_value_by_validator_and_constructor(string fault, Action<DatabaseOptions> change)
    {
        var options = new DatabaseOptions { ConnectionString = Server };
        change(options);

        Assert.Contains(fault, new DatabaseOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
        var refused = Assert.Throws<ArgumentException>(() => new PostgresDatabase(options));
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c4nary", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var options = new DatabaseOptions
        {
            PoolSize = 0,
            MaxOverflow = -1,
            PoolTimeout = TimeSpan.FromSeconds(-1),
            Retry = new RetryOptions { MaxRetries = -1 },
        };

        Assert.Equal(5, new DatabaseOptionsValidator().Validate(null, options).Failures!.Count());
    }

    [Fact]
    public void Defaults_are_those_of_the_documents()
    {
        var options = new DatabaseOptions();

        Assert.Equal((20, 30), (options.PoolSize, options.MaxOverflow));
        Assert.Equal(
            (30, 3600, 30, 30, 30),
            (
                Seconds(options.PoolTimeout),
                Seconds(options.PoolRecycle),
                Seconds(options.ConnectTimeout),
                Seconds(options.CommandTimeout),
                Seconds(options.CommitTimeout)
            )
        );
        Assert.Equal(
            (5, 60, 30),
            (Seconds(options.SlowQueryThreshold), Seconds(options.LeakThreshold), Seconds(options.HealthCacheDuration))
        );
        Assert.Equal(
            (3, 100, 5000, 0.2),
            (
                options.Retry.MaxRetries,
                (int)options.Retry.BaseDelay.TotalMilliseconds,
                (int)options.Retry.MaxDelay.TotalMilliseconds,
                options.Retry.Jitter
            )
        );
        Assert.Equal(
            (PoolingMode.Pooled, PrePing.Adaptive, CommitSafety.Verified, 0.8),
            (options.Mode, options.PrePing, options.CommitSafety, options.PoolUtilizationWarning)
        );
        Assert.Equal(
            (null, null, false, false, "ledgerlift"),
            (options.StatementTimeout, options.LockTimeout, options.WarmUp, options.LogCommands, options.Name)
        );
    }

    private static int Seconds(TimeSpan time) => (int)time.TotalSeconds;
}
