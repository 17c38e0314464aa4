using System.Diagnostics;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Meter and source belong to the whole process, so nothing else runs meanwhile.</summary>
[Collection(nameof(ServerKillers))]
public sealed class RedisTelemetryTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const string Operations = "ledgerlift.auth.token.operations";

    [Fact]
    public async Task Counts_every_operation_by_its_outcome()
    {
        using var metrics = new MetricRecorder(AuthRedisDiagnostics.MeterName);
        var store = Store("counts", maxActive: 1);

        var expiry = ProxiedStore.InAnHour;
        await store.StoreAsync("jti-1", "user-1", expiry);
        await store.StoreAsync("jti-1", "user-1", expiry);
        await Assert.ThrowsAsync<TokenStoreException>(() => store.StoreAsync("jti-1", "user-2", expiry).AsTask());
        await store.StoreAsync("jti-2", "user-1", expiry);
        await store.IsActiveAsync("jti-1", "user-1");
        await store.IsActiveAsync("jti-2");
        await store.FindAsync("jti-9");
        await store.RevokeAsync("jti-2");
        await store.RevokeAllForUserAsync("user-1");
        await store.ListActiveAsync("user-1").ToListAsync();
        await store.RotateAsync("jti-9", "jti-10", ProxiedStore.InAnHour);

        Assert.Equal(2, Count("store", "stored"));
        Assert.Equal(1, Count("store", "unchanged"));
        Assert.Equal(1, Count("store", "duplicate_jti"));
        Assert.Equal(1, Count("is_active", "inactive"));
        Assert.Equal(1, Count("is_active", "active"));
        Assert.Equal(1, Count("find", "not_found"));
        Assert.Equal(1, Count("revoke", "revoked"));
        Assert.Equal(1, Count("revoke_all", "revoked"));
        Assert.Equal(1, Count("list", "listed"));
        Assert.Equal(1, Count("rotate", "not_found"));
        Assert.Equal(1, metrics.Values("ledgerlift.auth.token.evictions", ("reason", "user_limit"), ("store", "redis")).Sum());
        Assert.All(metrics.Values("ledgerlift.auth.token.operation.duration"), seconds => Assert.InRange(seconds, 0.000_001, 10));
        Assert.DoesNotContain(
            metrics.Measurements,
            measurement =>
                measurement.ToString().Contains("jti-", StringComparison.Ordinal)
                || measurement.ToString().Contains("user-1", StringComparison.Ordinal)
        );

        int Count(string operation, string outcome) =>
            metrics.Values(Operations, ("operation", operation), ("outcome", outcome), ("store", "redis")).Count;
    }

    [Fact]
    public async Task Counts_what_was_found_what_was_done_before_and_what_was_detected()
    {
        using var metrics = new MetricRecorder(AuthRedisDiagnostics.MeterName, Operations);
        var store = Store("before", maxActive: 0);
        var guard = new RedisReplayGuard(redis.Connection, new RedisReplayGuardOptions { KeyPrefix = redis.KeyPrefix + "before" });
        var expiry = ProxiedStore.InAnHour;
        await store.StoreAsync("plain", "user-1", expiry);
        await store.StoreRotatableAsync("one", "user-1", expiry);
        metrics.Clear();

        await store.FindAsync("plain");
        await store.RotateAsync("plain", "new", expiry);
        await store.RevokeAsync("plain");
        await store.RevokeAsync("plain");
        await store.RevokeAsync("unknown");
        await store.RotateAsync("one", "two", expiry);
        await store.RotateAsync("one", "thief", expiry);
        await store.RotateAsync("two", "three", expiry);
        await guard.TryRegisterAsync(new byte[] { 1 }, expiry);
        await guard.TryRegisterAsync(new byte[] { 1 }, expiry);

        Assert.Equal(
            [
                "find found",
                "rotate not_in_family",
                "revoke revoked",
                "revoke already_revoked",
                "revoke not_found",
                "rotate rotated",
                "rotate reuse_detected",
                "rotate already_revoked",
                "register registered",
                "register known",
            ],
            metrics.Measurements.Select(measurement => $"{measurement.Tags["operation"]} {measurement.Tags["outcome"]}")
        );
    }

    [Fact]
    public async Task Measures_in_seconds()
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis, Impatience.Patience());
        proxied.Proxy.ServerToClient.Delay(TimeSpan.FromMilliseconds(50));
        using var metrics = new MetricRecorder(AuthRedisDiagnostics.MeterName, "ledgerlift.auth.token.operation.duration");

        await proxied.Store.IsActiveAsync("jti-1", "user-1");

        var measurement = Assert.Single(metrics.Measurements);
        Assert.Equal("s", measurement.Unit);
        Assert.InRange(measurement.Value, 0.05, 40);
    }

    [Fact]
    public async Task A_call_that_its_caller_gave_up_is_no_failure()
    {
        using var metrics = new MetricRecorder(AuthRedisDiagnostics.MeterName, Operations);
        using var spans = new ActivityRecorder(AuthRedisDiagnostics.ActivitySourceName);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store("canceled", maxActive: 0).FindAsync("jti-1", new CancellationToken(canceled: true)).AsTask()
        );

        Assert.Equal("canceled", Assert.Single(metrics.Measurements).Tags["outcome"]);
        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(spans.Stopped).Status);
    }

    [Fact]
    public async Task A_failure_is_counted_by_its_code_and_marks_the_span()
    {
        await using var proxied = await ProxiedStore.OpenAsync(redis);
        using var metrics = new MetricRecorder(AuthRedisDiagnostics.MeterName);
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == AuthRedisDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await proxied.Store.IsActiveAsync("jti-1", "user-1");
        proxied.Proxy.RefuseConnections();
        proxied.Proxy.ResetAll();

        await Assert.ThrowsAsync<TokenStoreException>(() => proxied.Store.IsActiveAsync("jti-1", "user-1").AsTask());

        Assert.Single(metrics.Values(Operations, ("operation", "is_active"), ("outcome", "unavailable")));
        Assert.Equal(["ledgerlift.auth.token.is_active", "ledgerlift.auth.token.is_active"], spans.Select(span => span.OperationName));
        Assert.Equal(["inactive", "unavailable"], spans.Select(span => span.GetTagItem("outcome")));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], spans.Select(span => span.Status));
        Assert.All(spans, span => Assert.Equal(ActivityKind.Client, span.Kind));
        Assert.All(spans, span => Assert.Equal("redis", span.GetTagItem("db.system.name")));
    }

    [Fact]
    public async Task A_reused_token_is_logged_without_naming_it()
    {
        using var logs = new LogRecorder();
        var store = new RedisTokenStore(
            redis.Connection,
            new RedisTokenStoreOptions { KeyPrefix = redis.KeyPrefix + "reuse" },
            logger: new Microsoft.Extensions.Logging.Logger<RedisTokenStore>(logs)
        );
        await store.StoreRotatableAsync("jti-1", "user-1", ProxiedStore.InAnHour);
        await store.RotateAsync("jti-1", "jti-2", ProxiedStore.InAnHour);

        Assert.Equal(RotationOutcome.ReuseDetected, await store.RotateAsync("jti-1", "jti-3", ProxiedStore.InAnHour));

        Assert.Single(logs.WithId(4501));
        Assert.DoesNotContain("jti-", logs.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("user-1", logs.AllText(), StringComparison.Ordinal);
    }

    private RedisTokenStore Store(string name, int maxActive) =>
        new(redis.Connection, new RedisTokenStoreOptions { KeyPrefix = redis.KeyPrefix + name, MaxActiveTokensPerUser = maxActive });
}
