using System.Diagnostics.CodeAnalysis;
using LedgerLift.Resilience;
using LedgerLift.Testing;

namespace LedgerLift.Data.Tests;

/// <summary>Waiting for a connection while all are in use.</summary>
public sealed class PoolWaitTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [SuppressMessage("Major Code Smell", "S3236", Justification = "Paths of other machines are the point.")]
    public async Task An_exhausted_pool_names_its_numbers_and_holders_and_is_not_retried()
    {
        await using var database = Databases.Open(
            postgres,
            o => (o.PoolSize, o.MaxOverflow, o.PoolTimeout) = (1, 1, TimeSpan.FromMilliseconds(100))
        );
        await using var first = await database.OpenSessionAsync(Cancellation, "Import", "/build/somebody/Importer.cs", 42);
        await using var second = await database.OpenSessionAsync(Cancellation, "Export", @"C:\secret\Exporter.cs", 7);
        var runs = 0;

        var failure = await Assert.ThrowsAsync<PoolTimeoutException>(async () =>
            await database.ExecuteAsync(OperationSafety.Idempotent, (_, _) => ValueTask.FromResult(runs++), Cancellation)
        );

        Assert.Equal(("pool_timeout", true, 0), (failure.Code, failure.IsTransient, runs));
        Assert.Equal((2, 0, 2, 1.0), (failure.Pool.InUse, failure.Pool.Idle, failure.Pool.Max, failure.Pool.Utilization));
        Assert.Equal(
            ["Import (Importer.cs:42)", "Export (Exporter.cs:7)"],
            failure.OldestHolders.Select(holder => holder.ToString().Split(',')[0])
        );
        Assert.Contains("2 used, 0 idle, 2 at most", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_taken_past_the_sessions_exhaust_the_pool_after_its_own_time_limit()
    {
        await using var database = Databases.Open(
            postgres,
            o =>
                (o.PoolSize, o.MaxOverflow, o.PoolTimeout, o.ConnectTimeout) = (
                    1,
                    0,
                    TimeSpan.FromMilliseconds(100),
                    TimeSpan.FromSeconds(60)
                )
        );
        await using var raw = await database.DataSource.OpenConnectionAsync(Cancellation);
        var asked = TimeProvider.System.GetTimestamp();

        var failure = await Assert.ThrowsAsync<PoolTimeoutException>(async () => await database.OpenSessionAsync(Cancellation));

        Assert.InRange(TimeProvider.System.GetElapsedTime(asked), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20));
        Assert.Empty(failure.OldestHolders);
        await raw.CloseAsync();
        await using var session = await database.OpenSessionAsync(Cancellation);
        Assert.Equal(1, await session.ReadAsync<int>("SELECT 1"));
    }

    [Fact]
    public async Task The_wait_for_connections_taken_past_the_sessions_may_be_longer_than_connecting()
    {
        await using var database = Databases.Open(
            postgres,
            o => (o.PoolSize, o.MaxOverflow, o.ConnectTimeout) = (1, 0, TimeSpan.FromSeconds(1))
        );
        var raw = await database.DataSource.OpenConnectionAsync(Cancellation);
        var waiting = database.OpenSessionAsync(Cancellation).AsTask();
        await Task.Delay(1300, Cancellation);
        Assert.False(waiting.IsCompleted);

        await raw.DisposeAsync();

        await (await waiting).DisposeAsync();
    }

    [Fact]
    public async Task Connecting_has_its_own_time_limit_and_not_the_pools()
    {
        await using var proxy = postgres.StartProxy();
        await using var database = Databases.Open(postgres, proxy, o => o.PoolTimeout = TimeSpan.FromMilliseconds(50));
        proxy.ClientToServer.Delay(TimeSpan.FromMilliseconds(200));

        await using var session = await database.OpenSessionAsync(Cancellation);

        Assert.Equal(1, await session.ReadAsync<int>("SELECT 1"));
    }

    [Fact]
    public async Task A_cancellation_while_others_hold_the_connections_is_a_cancellation()
    {
        await using var database = Databases.Open(postgres, o => (o.PoolSize, o.MaxOverflow) = (1, 0));
        await using var raw = await database.DataSource.OpenConnectionAsync(Cancellation);
        using var source = new CancellationTokenSource();
        var waiting = database.OpenSessionAsync(source.Token).AsTask();
        Assert.False(waiting.IsCompleted);

        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting)).CancellationToken);
    }

    [Fact]
    public async Task A_callers_cancellation_while_waiting_is_a_cancellation()
    {
        await using var database = Databases.Open(postgres, o => (o.PoolSize, o.MaxOverflow) = (1, 0));
        await using var held = await database.OpenSessionAsync(Cancellation);
        using var source = new CancellationTokenSource();
        var waiting = database.OpenSessionAsync(source.Token).AsTask();
        Assert.Equal(1, database.GetPoolSnapshot().Pending);

        await source.CancelAsync();

        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(source.Token, canceled.CancellationToken);
        Assert.Equal(0, database.GetPoolSnapshot().Pending);
    }

    [Fact]
    public async Task Waiting_sessions_are_served_in_order()
    {
        await using var database = Databases.Open(postgres, o => (o.PoolSize, o.MaxOverflow) = (1, 0));
        var held = await database.OpenSessionAsync(Cancellation);
        var first = database.OpenSessionAsync(Cancellation).AsTask();
        var second = database.OpenSessionAsync(Cancellation).AsTask();

        await held.DisposeAsync();
        var one = await first;
        Assert.False(second.IsCompleted);
        await one.DisposeAsync();

        await (await second).DisposeAsync();
    }
}
