using Microsoft.Extensions.Options;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class PostgresAuditingOptionsTests
{
    private const string PublicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
        6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
        -----END PUBLIC KEY-----
        """;

    public static TheoryData<string, Action<PostgresAuditingOptions>, bool> Edges =>
        new()
        {
            { "PoolSize", options => options.PoolSize = 2, true },
            { "PoolSize", options => options.PoolSize = 100, true },
            { "PoolSize", options => options.PoolSize = 1, false },
            { "PoolSize", options => options.PoolSize = 101, false },
            { "CommandTimeout", options => options.CommandTimeout = TimeSpan.FromSeconds(1), true },
            { "CommandTimeout", options => options.CommandTimeout = TimeSpan.FromHours(1), true },
            { "CommandTimeout", options => options.CommandTimeout = TimeSpan.FromSeconds(0.99), false },
            { "CommandTimeout", options => options.CommandTimeout = TimeSpan.FromSeconds(3601), false },
            { "MonthsAhead", options => options.MonthsAhead = 1, true },
            { "MonthsAhead", options => options.MonthsAhead = 24, true },
            { "MonthsAhead", options => options.MonthsAhead = 0, false },
            { "MonthsAhead", options => options.MonthsAhead = 25, false },
            { "QueueCapacity", options => options.QueueCapacity = 1, true },
            { "QueueCapacity", options => options.QueueCapacity = 1_000_000, true },
            { "QueueCapacity", options => options.QueueCapacity = 0, false },
            { "QueueCapacity", options => options.QueueCapacity = 1_000_001, false },
            { "BatchSize", options => options.BatchSize = 1, true },
            { "BatchSize", options => options.BatchSize = 10_000, true },
            { "BatchSize", options => options.BatchSize = 0, false },
            { "BatchSize", options => options.BatchSize = 10_001, false },
            { "WriteTimeout", options => options.WriteTimeout = TimeSpan.FromMilliseconds(100), true },
            { "WriteTimeout", options => options.WriteTimeout = TimeSpan.FromMinutes(10), true },
            { "WriteTimeout", options => options.WriteTimeout = TimeSpan.FromMilliseconds(99), false },
            { "WriteTimeout", options => options.WriteTimeout = TimeSpan.FromSeconds(601), false },
            { "SpillLimitBytes", options => options.SpillLimitBytes = 1 << 20, true },
            { "SpillLimitBytes", options => options.SpillLimitBytes = 1L << 40, true },
            { "SpillLimitBytes", options => options.SpillLimitBytes = (1 << 20) - 1, false },
            { "SpillLimitBytes", options => options.SpillLimitBytes = (1L << 40) + 1, false },
            { "RetryDelay", options => options.RetryDelay = TimeSpan.FromMilliseconds(10), true },
            { "RetryDelay", options => options.RetryDelay = TimeSpan.FromMinutes(10), true },
            { "RetryDelay", options => options.RetryDelay = TimeSpan.FromMilliseconds(9), false },
            { "RetryDelay", options => options.RetryDelay = TimeSpan.FromSeconds(601), false },
            { "DrainTimeout", options => options.DrainTimeout = TimeSpan.Zero, true },
            { "DrainTimeout", options => options.DrainTimeout = TimeSpan.FromHours(1), true },
            { "DrainTimeout", options => options.DrainTimeout = TimeSpan.FromTicks(-1), false },
            { "DrainTimeout", options => options.DrainTimeout = TimeSpan.FromSeconds(3601), false },
            { "SealInterval", options => options.SealInterval = TimeSpan.FromMilliseconds(100), true },
            { "SealInterval", options => options.SealInterval = TimeSpan.FromDays(1), true },
            { "SealInterval", options => options.SealInterval = TimeSpan.FromMilliseconds(99), false },
            { "SealInterval", options => options.SealInterval = TimeSpan.FromDays(1.1), false },
            { "SealBatchSize", options => options.SealBatchSize = 1, true },
            { "SealBatchSize", options => options.SealBatchSize = 100_000, true },
            { "SealBatchSize", options => options.SealBatchSize = 0, false },
            { "SealBatchSize", options => options.SealBatchSize = 100_001, false },
            { "SealLagLimit", options => options.SealLagLimit = TimeSpan.FromSeconds(1), true },
            { "SealLagLimit", options => options.SealLagLimit = TimeSpan.FromDays(7), true },
            { "SealLagLimit", options => options.SealLagLimit = TimeSpan.FromSeconds(0.9), false },
            { "SealLagLimit", options => options.SealLagLimit = TimeSpan.FromDays(7.1), false },
            { "Retention", options => options.Retention = TimeSpan.FromDays(1), true },
            { "Retention", options => options.Retention = TimeSpan.FromDays(36_500), true },
            { "Retention", options => options.Retention = TimeSpan.FromHours(23), false },
            { "Retention", options => options.Retention = TimeSpan.FromDays(36_501), false },
            { "Schema", options => options.Schema = new string('a', 63), true },
            { "Schema", options => options.Schema = new string('a', 64), false },
            { "Schema", options => options.Schema = "Audit", false },
            { "Schema", options => options.Schema = "a b", false },
            { "Schema", options => options.Schema = "1a", false },
            { "Schema", options => options.Schema = "pg_audit", false },
            { "ApplicationRole", options => options.ApplicationRole = "app", true },
            { "ApplicationRole", options => options.ApplicationRole = "app;", false },
            { "Name", options => options.Name = "", false },
            { "Name", options => options.Name = " a", false },
            { "Name", options => options.Name = "ä", false },
            { "Origin", options => options.Origin = " ", false },
            { "SpillDirectory", options => options.SpillDirectory = " ", false },
            { "SigningKeyId", options => options.SigningKeyId = "", false },
            { "SigningKey", options => options.SigningKey = null, false },
            { "SigningKey", options => (options.SigningKey, options.SealInterval) = (null, null), true },
            { "SigningKey", options => options.SigningKey = "c2hvcnQ=", false },
            { "SigningKey", options => options.SigningKey = "not base64!", false },
            { "SigningKey", options => options.SigningKey = PublicKey, false },
            { "VerificationKeys", options => options.VerificationKeys["old"] = TestTrail.Key, true },
            { "VerificationKeys", options => options.VerificationKeys["old"] = PublicKey, true },
            { "VerificationKeys", options => options.VerificationKeys["old"] = "x", false },
            { "ConnectionString", options => options.ConnectionString = "", false },
            { "ConnectionString", options => options.ConnectionString = "Username=me", false },
            { "ConnectionString", options => options.ConnectionString = "Host=h;Multiplexing=true", false },
            { "ConnectionString", options => options.ConnectionString = "Host=h;Persist Security Info=true", false },
            { "ConnectionString", options => options.ConnectionString = "Host=h;Nonsense=1", false },
            { "MaintenanceConnectionString", options => options.MaintenanceConnectionString = "Host=h", true },
            { "MaintenanceConnectionString", options => options.MaintenanceConnectionString = "", false },
        };

    [Theory]
    [MemberData(nameof(Edges))]
    public void Each_edge_is_taken_and_what_lies_just_outside_is_refused_by_name(
        string option,
        Action<PostgresAuditingOptions> set,
        bool isValid
    )
    {
        var options = Valid();
        set(options);

        var result = Validate(options);

        Assert.Equal(isValid, result.Succeeded);
        if (!isValid)
            Assert.Contains(option, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once_and_no_secret_among_them()
    {
        var options = Valid();
        (options.PoolSize, options.BatchSize) = (0, 0);
        options.ConnectionString = "Host=h;Password=hunter2;Nonsense=1";
        options.SigningKey = "hunter3";

        var message = Validate(options).FailureMessage;

        Assert.Contains("PoolSize", message, StringComparison.Ordinal);
        Assert.Contains("BatchSize", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructors_refuse_what_the_host_would()
    {
        var options = Valid();
        options.PoolSize = 0;

        Assert.Equal("options", Assert.Throws<ArgumentException>(() => new PostgresAuditLogger(options)).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentException>(() => new PostgresAuditTrail(options)).ParamName);
        Assert.Throws<ArgumentNullException>(() => new PostgresAuditLogger(null!));
        Assert.Throws<ArgumentNullException>(() => new PostgresAuditTrail(null!));
    }

    private static PostgresAuditingOptions Valid() => new() { ConnectionString = "Host=h", SigningKey = TestTrail.Key };

    private static ValidateOptionsResult Validate(PostgresAuditingOptions options) =>
        new PostgresAuditingOptionsValidator().Validate(name: null, options);
}
