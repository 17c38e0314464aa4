using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class SealTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task What_was_committed_is_sealed_and_verifies()
    {
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SealBatchSize = 10);
        await trail.WriteAsync(25);

        await trail.SealAsync(25);
        Assert.Equal(0, await trail.Trail.SealAsync());
        var result = await trail.Trail.VerifyAsync();

        Assert.Empty(result.Tampers);
        Assert.True(result.Clean);
        Assert.Equal((25L, 3L, 25L), (result.Entries, result.Batches, result.Anchored));
    }

    [Fact]
    public async Task An_entry_of_an_older_open_transaction_is_never_skipped()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        await using var connection = await postgres.DataSource.OpenConnectionAsync();
        await using var older = await connection.BeginTransactionAsync();
        var early = await trail.Logger.LogActionAsync(TestTrail.Action(1), older);
        await trail.WriteAsync(5);

        // The younger ones wait: their place behind the older one is not certain yet.
        Assert.Equal(0, await trail.Trail.SealAsync());
        Assert.True(trail.Trail.State.Lag > TimeSpan.Zero);
        await older.CommitAsync();

        await trail.SealAsync(6);
        Assert.Equal(TimeSpan.Zero, trail.Trail.State.Lag);
        var result = await trail.Trail.VerifyAsync();
        Assert.True(result.Clean);
        Assert.Contains(early, await trail.ReadAllAsync());
    }

    [Fact]
    public async Task Several_keepers_seal_one_after_the_other_and_share_one_chain()
    {
        await using var trail = await TestTrail.CreateAsync(postgres, options => options.SealBatchSize = 7);
        await using var other = new PostgresAuditTrail(trail.Options, [trail.Anchor], [trail.Anchor]);
        var sum = 0L;
        for (var round = 0; round < 6; round++)
        {
            await trail.WriteAsync(10);
            var sealings = await Task.WhenAll(trail.Trail.SealAsync(), other.SealAsync());
            sum += sealings.Sum();
        }

        await trail.SealAsync(60 - sum);
        var result = await other.VerifyAsync();
        Assert.Empty(result.Tampers);
        Assert.Equal(60, result.Entries);
    }

    [Fact]
    public async Task Entries_of_two_months_make_two_batches()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 3, 31, 23, 59, 0, TimeSpan.Zero));
        await using var trail = await TestTrail.CreateAsync(postgres, time: time);
        await trail.WriteAsync(3);
        time.Advance(TimeSpan.FromMinutes(2));
        await trail.WriteAsync(4);

        await trail.SealAsync(7);
        var result = await trail.Trail.VerifyAsync();

        Assert.Empty(result.Tampers);
        Assert.Equal((7L, 2L), (result.Entries, result.Batches));
    }

    [Fact]
    public async Task Nothing_is_sealed_on_top_of_a_trail_whose_end_was_cut_off()
    {
        await using var trail = await TestTrail.CreateAsync(postgres);
        await trail.WriteAsync(5);
        await trail.SealAsync(5);
        await trail.ForceAsync("DELETE FROM {s}.audit_batches");
        await trail.WriteAsync(5);

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var failure = await Assert.ThrowsAsync<AuditException>(() => trail.Trail.SealAsync());
            Assert.Equal(PostgresAuditErrorCodes.TrailAltered, failure.Code);
        }

        Assert.Equal(PostgresAuditErrorCodes.TrailAltered, trail.Trail.State.Fault);
    }
}
