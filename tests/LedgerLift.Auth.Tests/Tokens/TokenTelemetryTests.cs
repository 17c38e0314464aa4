using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

[Collection(nameof(Alone))]
public sealed class TokenTelemetryTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Counts_operations_by_kind_and_outcome()
    {
        using var metrics = new MetricRecorder(AuthDiagnostics.MeterName);
        var store = new InMemoryTokenStore(timeProvider: _clock);
        await store.StoreRotatableAsync("one", "ann", In(5));
        await store.StoreRotatableAsync("one", "ann", In(5));
        await Assert.ThrowsAsync<TokenStoreException>(() => store.StoreAsync("one", "ann", In(5)).AsTask());
        await store.FindAsync("one");
        await store.FindAsync("none");
        await store.IsActiveAsync("one");
        await store.IsActiveAsync("none");
        await store.RotateAsync("one", "two", In(5));
        await store.RotateAsync("one", "three", In(5));
        await store.RotateAsync("two", "four", In(5));
        await store.RotateAsync("none", "four", In(5));
        await store.RevokeAsync("two");
        await store.RevokeAsync("none");
        await store.StoreAsync("plain", "ann", In(5));
        await store.RevokeAsync("plain");
        await store.RevokeAllForUserAsync("ann");
        await foreach (var _ in store.ListActiveAsync("ann"))
            Assert.Fail("Nothing is live.");

        var expected = new (string Operation, string Outcome, int Count)[]
        {
            ("store", "stored", 2),
            ("store", "unchanged", 1),
            ("store", "duplicate", 1),
            ("find", "found", 1),
            ("find", "not_found", 1),
            ("is_active", "active", 1),
            ("is_active", "inactive", 1),
            ("rotate", "rotated", 1),
            ("rotate", "reuse_detected", 1),
            ("rotate", "already_revoked", 1),
            ("rotate", "not_found", 1),
            ("revoke", "already_revoked", 1),
            ("revoke", "not_found", 1),
            ("revoke", "revoked", 1),
            ("revoke_all", "revoked", 1),
            ("list", "listed", 1),
        };
        Assert.All(
            expected,
            row =>
            {
                (string, object?)[] tags = [("operation", row.Operation), ("outcome", row.Outcome), ("store", "memory")];
                Assert.Equal(row.Count, metrics.Sum("ledgerlift.auth.token.operations", tags));
                Assert.Equal(row.Count, metrics.Values("ledgerlift.auth.token.operation.duration", tags).Count);
            }
        );
        Assert.Equal(expected.Sum(row => row.Count), metrics.Sum("ledgerlift.auth.token.operations"));
    }

    [Fact]
    public async Task Measures_seconds_by_the_monotonic_clock()
    {
        using var metrics = new MetricRecorder(AuthDiagnostics.MeterName);
        var clock = new SteppingTimeProvider(_clock, TimeSpan.FromMilliseconds(250));
        var store = new InMemoryTokenStore(timeProvider: clock);

        await store.FindAsync("none");

        var duration = Assert.Single(
            metrics.Measurements,
            measurement => measurement.Instrument.EndsWith("duration", StringComparison.Ordinal)
        );
        Assert.Equal(0.25, duration.Value);
        Assert.Equal("s", duration.Unit);
    }

    [Fact]
    public async Task Counts_what_it_ended_by_itself_and_why()
    {
        using var metrics = new MetricRecorder(AuthDiagnostics.MeterName, "ledgerlift.auth.token.evictions");
        var store = new InMemoryTokenStore(new InMemoryTokenStoreOptions { MaxEntries = 3, MaxActiveTokensPerUser = 2 }, _clock);
        await store.StoreAsync("one", "ann", In(1));
        await store.StoreAsync("two", "ann", In(5));
        await store.StoreAsync("three", "ann", In(5));
        Assert.Equal(1, metrics.Sum("ledgerlift.auth.token.evictions", ("reason", "user_limit")));
        await store.StoreAsync("four", "bob", In(5));
        Assert.Equal(1, metrics.Sum("ledgerlift.auth.token.evictions", ("reason", "capacity")));
        _clock.Advance(TimeSpan.FromMinutes(5));
        await store.StoreAsync("five", "bob", In(5));
        Assert.Equal(3, metrics.Sum("ledgerlift.auth.token.evictions", ("reason", "expired")));
        Assert.Equal(5, metrics.Sum("ledgerlift.auth.token.evictions", ("store", "memory")));
    }

    [Fact]
    public async Task Observes_the_entries_of_all_stores_and_of_no_dead_one()
    {
        using var metrics = new MetricRecorder(AuthDiagnostics.MeterName, "ledgerlift.auth.token.entries");
        metrics.Collect();
        var before = metrics.Last("ledgerlift.auth.token.entries");
        var store = new InMemoryTokenStore(timeProvider: _clock);
        var other = new InMemoryTokenStore(timeProvider: _clock);
        await store.StoreAsync("one", "ann", In(5));
        await store.StoreAsync("two", "ann", In(5));
        await other.StoreAsync("one", "ann", In(5));

        metrics.Collect();

        Assert.Equal(before + 3, metrics.Last("ledgerlift.auth.token.entries", ("store", "memory")));
        GC.KeepAlive(store);
        GC.KeepAlive(other);
    }

    [Fact]
    public async Task No_measurement_names_a_user_or_a_token()
    {
        using var metrics = new MetricRecorder(AuthDiagnostics.MeterName);
        var store = new InMemoryTokenStore(timeProvider: _clock);
        await store.StoreAsync("jti-secret", "user-secret", In(5));
        await store.FindAsync("jti-secret");
        await store.RevokeAllForUserAsync("user-secret");

        Assert.NotEmpty(metrics.Measurements);
        Assert.All(
            metrics.Measurements.SelectMany(measurement => measurement.Tags),
            tag => Assert.DoesNotContain("secret", $"{tag.Key}{tag.Value}", StringComparison.Ordinal)
        );
    }

    private DateTimeOffset In(double minutes) => _clock.GetUtcNow().AddMinutes(minutes);
}
