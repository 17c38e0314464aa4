using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class RetentionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset March = new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Whole_sealed_months_go_and_the_rest_still_verifies()
    {
        var time = new ManualTimeProvider(March);
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SealBatchSize = 10, time: time);
        await trail.WriteAsync(15);
        time.Advance(TimeSpan.FromDays(31));
        await trail.WriteAsync(12);
        await trail.SealAsync(27);

        Assert.Equal(["2026-03"], await trail.Trail.DropBeforeAsync(time.GetUtcNow(), TestContext.Current.CancellationToken));
        var result = await trail.Trail.VerifyAsync();

        Assert.Empty(result.Tampers);
        Assert.Equal((12L, 15L), (result.Entries, result.Dropped));
        Assert.Equal(12, (await trail.ReadAllAsync()).Count);
        await trail.WriteAsync(3);
        await trail.SealAsync(3);
        Assert.True((await trail.Trail.VerifyAsync()).Clean);
    }

    [Fact]
    public async Task A_month_with_entries_that_are_not_sealed_stays()
    {
        var time = new ManualTimeProvider(March);
        await using var trail = await TestTrail.CreateAsync(postgres, time: time);
        await trail.WriteAsync(5);
        time.Advance(TimeSpan.FromDays(31));

        var failure = await Assert.ThrowsAsync<AuditException>(() => trail.Trail.DropBeforeAsync(time.GetUtcNow()));

        Assert.Equal((PostgresAuditErrorCodes.NotSealed, true), (failure.Code, failure.IsTransient));
        Assert.Equal(5, (await trail.ReadAllAsync()).Count);
    }

    [Fact]
    public async Task The_month_that_is_not_over_at_the_time_stays()
    {
        var time = new ManualTimeProvider(March);
        await using var trail = await TestTrail.CreateAsync(postgres, time: time);

        Assert.Empty(await trail.Trail.DropBeforeAsync(March));
        Assert.Equal(["2026-03"], await trail.Trail.DropBeforeAsync(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_month_that_was_dropped_without_the_key_is_found()
    {
        var time = new ManualTimeProvider(March);
        await using var trail = await TestTrail.CreateAsync(postgres, time: time);
        await trail.WriteAsync(5);
        await trail.SealAsync(5);

        await trail.ExecuteAsync("DROP TABLE {s}.audit_entries_202603");

        var result = await trail.Trail.VerifyAsync();
        Assert.Contains(result.Tampers, tamper => tamper is { Kind: AuditTamperKinds.EntryDeleted, Position: 0 });
    }

    [Fact]
    public async Task Erased_details_are_gone_and_the_entry_still_verifies()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        var entries = await trail.WriteAsync(5);
        await trail.SealAsync(5);

        Assert.True(await trail.Trail.EraseDetailsAsync(entries[2].Id, entries[2].Timestamp));
        Assert.False(await trail.Trail.EraseDetailsAsync(entries[2].Id, entries[2].Timestamp));
        Assert.False(await trail.Trail.EraseDetailsAsync(Guid.NewGuid(), entries[2].Timestamp));
        var result = await trail.Trail.VerifyAsync();

        Assert.Empty(result.Tampers);
        Assert.Equal((5L, 1L), (result.Entries, result.Erased));
        Assert.Null((await trail.ReadAllAsync()).Single(entry => entry.Id == entries[2].Id).Details);
        Assert.Equal(
            1L,
            await trail.ReadAsync<long>(
                "SELECT count(*) FROM {s}.audit_entries WHERE details IS NULL AND salt IS NULL AND erased IS NOT NULL"
            )
        );
    }

    [Fact]
    public async Task Details_of_an_entry_that_is_not_sealed_stay()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        var entries = await trail.WriteAsync(1);

        var failure = await Assert.ThrowsAsync<AuditException>(() => trail.Trail.EraseDetailsAsync(entries[0].Id, entries[0].Timestamp));

        Assert.Equal(PostgresAuditErrorCodes.NotSealed, failure.Code);
        Assert.NotNull((await trail.ReadAllAsync())[0].Details);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_sealed_erased_or_dropped_and_the_call_says_so()
    {
        await using var trail = await TestTrail.CreateAsync(postgres, options => (options.SigningKey, options.SealInterval) = (null, null));

        await Assert.ThrowsAsync<InvalidOperationException>(() => trail.Trail.SealAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => trail.Trail.EraseDetailsAsync(Guid.NewGuid(), March));
        await Assert.ThrowsAsync<InvalidOperationException>(() => trail.Trail.DropBeforeAsync(March));
    }
}
