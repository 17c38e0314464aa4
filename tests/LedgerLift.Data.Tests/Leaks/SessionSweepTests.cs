using System.Diagnostics.CodeAnalysis;
using LedgerLift.Testing;

namespace LedgerLift.Data.Tests;

[SuppressMessage("Design", "CA1001", Justification = "A recorder has nothing to release.")]
public sealed class SessionSweepTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly LogRecorder _logs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_held_for_long_is_warned_about_once_and_told_again_when_it_returns()
    {
        var clock = new ManualTimeProvider();
        var options = Databases.Options(postgres.ConnectionString, o => o.LeakThreshold = TimeSpan.FromSeconds(10));
        await using var database = new PostgresDatabase(options, _logs, clock);
        await using (await database.OpenSessionAsync(Cancellation))
        {
            clock.Advance(TimeSpan.FromSeconds(9));
            Assert.Empty(_logs.WithId(3002));
            clock.Advance(TimeSpan.FromSeconds(2));
            clock.Advance(TimeSpan.FromSeconds(20));

            var warning = Assert.Single(_logs.WithId(3002));
            Assert.Contains(
                $"{nameof(A_session_held_for_long_is_warned_about_once_and_told_again_when_it_returns)} (SessionSweepTests.cs:",
                warning.Message,
                StringComparison.Ordinal
            );
            Assert.Empty(_logs.WithId(3003));
        }

        Assert.Contains("31.0 s", Assert.Single(_logs.WithId(3003)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_runs_full_is_warned_about_once_and_told_when_it_is_relieved()
    {
        var clock = new ManualTimeProvider();
        var options = Databases.Options(
            postgres.ConnectionString,
            o => (o.PoolSize, o.MaxOverflow, o.PoolUtilizationWarning) = (2, 0, 0.8)
        );
        await using var database = new PostgresDatabase(options, _logs, clock);
        await using var first = await database.OpenSessionAsync(Cancellation);
        await using (await database.OpenSessionAsync(Cancellation))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Empty(_logs.WithId(3012));
            clock.Advance(TimeSpan.FromSeconds(1));
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Single(_logs.WithId(3012));
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_logs.WithId(3013));
    }

    [Fact]
    public void A_pool_on_the_edge_is_told_of_once()
    {
        var watch = new UtilizationWatch(0.8);

        bool?[] told = [.. new[] { 0.8, 0.79, 0.8, 0.8, 0.75, 0.85, 0.71, 0.7, 0.8, 0.8 }.Select(watch.Next)];

        Assert.Equal([null, null, null, true, null, null, null, false, null, true], told);
    }
}
