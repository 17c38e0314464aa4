using System.Diagnostics;
using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>The span of a transaction, and that nothing is told that Npgsql tells already.</summary>
public sealed class TransactionSpanTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transaction_is_one_span_with_the_commands_of_npgsql_as_its_children()
    {
        string? name = null;
        await using var database = Databases.Open(postgres, o => name = o.Name);
        using var recorder = Record(name);
        using var commands = new ActivityRecorder("Npgsql");

        await RunAsync(database, _ => { });

        var span = Assert.Single(recorder.Stopped);
        Assert.Equal(("ledgerlift.data.transaction", ActivityKind.Internal), (span.OperationName, span.Kind));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal("postgresql", span.GetTagItem("db.system.name"));
        Assert.Equal(new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Database, span.GetTagItem("db.namespace"));
        Assert.Empty(span.Events);
        var children = commands.Stopped.Where(command => command.ParentSpanId == span.SpanId).ToArray();
        Assert.Contains(
            children,
            command => (command.GetTagItem("db.query.text") as string)?.StartsWith("SELECT 7", StringComparison.Ordinal) == true
        );
        Assert.DoesNotContain(children, command => command.OperationName == span.OperationName);
    }

    [Fact]
    public async Task Tries_that_failed_are_events_and_the_span_ends_well()
    {
        string? name = null;
        await using var database = Databases.Open(postgres, o => name = o.Name);
        using var recorder = Record(name);
        var runs = 0;

        await RunAsync(
            database,
            _ =>
            {
                if (++runs < 3)
                    throw DatabaseFailureClassifierTests.Answer("40001");
            }
        );

        var span = Assert.Single(recorder.Stopped);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal(2, span.Events.Count());
        Assert.All(
            span.Events,
            one =>
            {
                var tags = one.Tags.ToDictionary(tag => tag.Key, tag => tag.Value);
                Assert.Equal("ledgerlift.data.attempt_failed", one.Name);
                Assert.Equal(
                    ("rolled_back", "40001", "40001"),
                    (tags["ledgerlift.data.failure"], tags["error.type"], tags["db.response.status_code"])
                );
            }
        );
    }

    [Fact]
    public async Task A_failure_for_good_is_the_spans_and_a_cancellation_is_none()
    {
        string? name = null;
        await using var database = Databases.Open(postgres, o => name = o.Name);
        using var recorder = Record(name);

        await Assert.ThrowsAsync<FormatException>(() => RunAsync(database, _ => throw new FormatException("c4nary")));
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(
                database,
                token =>
                {
                    source.Cancel();
                    token.ThrowIfCancellationRequested();
                },
                source.Token
            )
        );

        var spans = recorder.Stopped;
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], spans.Select(span => span.Status));
        Assert.Equal(["System.FormatException", null], spans.Select(span => span.GetTagItem("error.type")));
        Assert.Null(spans[0].StatusDescription);
    }

    [Fact]
    public async Task A_lost_reply_that_was_looked_up_is_an_event()
    {
        await using var proxy = postgres.StartProxy();
        string? name = null;
        await using var database = Databases.Open(postgres, proxy, o => name = o.Name);
        await postgres.ExecuteAsync("CREATE TABLE spanned (id int)");
        using var recorder = Record(name);
        using var rule = proxy.DropReplyTo("COMMIT\0"u8, Fault.Reset, replyUntil: "Z\0\0\0\x5I"u8);

        await database.ExecuteInTransactionAsync(
            (session, token) => new ValueTask<int>(session.ExecuteAsync("INSERT INTO spanned VALUES (1)", token)),
            cancellationToken: Cancellation
        );

        var told = Assert.Single(Assert.Single(recorder.Stopped).Events);
        Assert.Equal("ledgerlift.data.commit_reconciled", told.Name);
        Assert.Equal("committed", Assert.Single(told.Tags).Value);
    }

    [Fact]
    public async Task No_instrument_has_the_name_of_one_of_npgsqls()
    {
        using var own = new MetricRecorder(DataDiagnostics.MeterName);
        using var npgsql = new MetricRecorder("Npgsql");
        await using var database = Databases.Open(postgres);
        await RunAsync(database, _ => { });

        Assert.Contains(own.Instruments, one => one.Name == "db.client.connection.wait_time");
        Assert.Contains(npgsql.Instruments, one => one.Name == "db.client.connection.count");
        var shared = own.Instruments.Select(one => one.Name).Intersect(npgsql.Instruments.Select(one => one.Name), StringComparer.Ordinal);

        Assert.Empty(shared);
    }

    private static ActivityRecorder Record(string? pool) =>
        new(
            DataDiagnostics.ActivitySourceName,
            activity => activity.IsStopped && Equals(activity.GetTagItem("db.client.connection.pool.name"), pool)
        );

    private static async Task RunAsync(PostgresDatabase database, Action<CancellationToken> work, CancellationToken? cancellation = null) =>
        await database.ExecuteInTransactionAsync(
            async (session, token) =>
            {
                await session.ExecuteAsync("SELECT 7", token);
                work(token);
                return 0;
            },
            cancellationToken: cancellation ?? Cancellation
        );
}
