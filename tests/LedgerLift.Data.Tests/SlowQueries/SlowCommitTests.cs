using System.Collections.Concurrent;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>Slow COMMITs on a real server, by every way they are sent: Npgsql's own, with a time limit of its own, and with a probe.</summary>
public sealed class SlowCommitTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly ConcurrentQueue<SlowQuery> _heard = new();
    private readonly string _table = $"t{Guid.NewGuid():N}";

    public static TheoryData<CommitSafety, int> Ways =>
        new()
        {
            { CommitSafety.None, 30 },
            { CommitSafety.None, 31 },
            { CommitSafety.Probe, 30 },
            { CommitSafety.Verified, 30 },
            { CommitSafety.Verified, 31 },
        };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_slow_commit_is_told(CommitSafety safety, int commitTimeout)
    {
        await using var database = await OpenAsync(safety, commitTimeout, "PERFORM pg_sleep(0.12)");

        await InsertAsync(database);

        var commit = Assert.Single(Commits());
        Assert.Equal(QueryOutcome.Completed, commit.Outcome);
        Assert.InRange(commit.Duration, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_slow_commit_that_the_server_refuses_has_failed(CommitSafety safety, int commitTimeout)
    {
        await using var database = await OpenAsync(safety, commitTimeout, "PERFORM pg_sleep(0.12); RAISE EXCEPTION 'no'");

        await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(database));

        Assert.Equal(QueryOutcome.Failed, Assert.Single(Commits()).Outcome);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(30, 1)]
    public async Task A_commit_has_the_time_limit_of_commits(int commandTimeout, int commitTimeout)
    {
        await using var database = await OpenAsync(CommitSafety.Probe, commitTimeout, "PERFORM pg_sleep(1.5)", commandTimeout);
        await using var plain = await OpenAsync(CommitSafety.None, commitTimeout, "PERFORM pg_sleep(1.5)", commandTimeout);

        foreach (var one in new[] { database, plain })
        {
            var inserting = InsertAsync(one);
            if (commitTimeout == 1)
                await Assert.ThrowsAnyAsync<Exception>(() => inserting);
            else
                await inserting;
        }

        var expected = commitTimeout == 1 ? QueryOutcome.TimedOut : QueryOutcome.Completed;
        Assert.Equal([expected, expected], Commits().Select(commit => commit.Outcome));
    }

    private IEnumerable<SlowQuery> Commits() => _heard.Where(query => string.Equals(query.Text, "COMMIT", StringComparison.Ordinal));

    private Task<int> InsertAsync(PostgresDatabase database) =>
        database
            .ExecuteInTransactionAsync(
                (session, token) => new ValueTask<int>(session.ExecuteAsync($"INSERT INTO {_table} VALUES (1)", token)),
                cancellationToken: Cancellation
            )
            .AsTask();

    // What a deferred trigger does is done by COMMIT.
    private async Task<PostgresDatabase> OpenAsync(CommitSafety safety, int commitTimeout, string atCommit, int commandTimeout = 30)
    {
        await postgres.ExecuteAsync($"DROP TABLE IF EXISTS {_table}");
        await postgres.ExecuteAsync($"CREATE TABLE {_table} (id int)");
        await postgres.ExecuteAsync(
            $"CREATE OR REPLACE FUNCTION f{_table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {atCommit}; RETURN NULL; END $$"
        );
        await postgres.ExecuteAsync(
            $"CREATE CONSTRAINT TRIGGER t AFTER INSERT ON {_table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f{_table}()"
        );
        var database = Databases.Open(
            postgres,
            options =>
            {
                (options.CommitSafety, options.SlowQueryThreshold) = (safety, TimeSpan.FromMilliseconds(100));
                (options.CommitTimeout, options.CommandTimeout) = (
                    TimeSpan.FromSeconds(commitTimeout),
                    TimeSpan.FromSeconds(commandTimeout)
                );
            }
        );
        database.SubscribeSlowQueries(_heard.Enqueue);
        return database;
    }
}
