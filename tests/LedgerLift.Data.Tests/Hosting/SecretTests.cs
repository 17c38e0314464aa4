using System.Collections.Concurrent;
using System.Diagnostics;
using LedgerLift.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>The password and parameters' values are in nothing that the package gives out.</summary>
public sealed class SecretTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Canary = "c4nary-value";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_output_holds_the_password_or_a_parameter()
    {
        var logs = new LogRecorder();
        using var own = new MetricRecorder(DataDiagnostics.MeterName);
        using var npgsql = new MetricRecorder("Npgsql");
        using var spans = new ActivityRecorder(DataDiagnostics.ActivitySourceName);
        using var npgsqlSpans = new ActivityRecorder("Npgsql");
        var heard = new ConcurrentQueue<SlowQuery>();
        var options = Databases.Options(
            postgres.ConnectionString,
            o =>
                (o.LogCommands, o.SlowQueryThreshold, o.PoolSize, o.MaxOverflow, o.PoolTimeout) = (true, TimeSpan.Zero, 1, 0, TimeSpan.Zero)
        );
        options.SlowQueryPlans = true;
        await using var database = new PostgresDatabase(options, logs);
        using var subscription = database.SubscribeSlowQueries(heard.Enqueue);
        var failures = new List<Exception>();
        await using (var session = await database.OpenSessionAsync(Cancellation))
        {
            await using var command = session.CreateCommand($"SELECT $1::text, '{Canary}'");
            command.Parameters.Add(new NpgsqlParameter { Value = Canary });
            await command.ExecuteNonQueryAsync(Cancellation);
            using (var copy = await session.Connection.BeginTextExportAsync($"COPY (SELECT '{Canary}') TO STDOUT", Cancellation))
                await copy.ReadToEndAsync(Cancellation);
            failures.Add(await Assert.ThrowsAsync<PoolTimeoutException>(async () => await database.OpenSessionAsync(Cancellation)));
        }

        await Assert.ThrowsAsync<PostgresException>(async () =>
            await database.ExecuteInTransactionAsync(
                (session, token) => new ValueTask<int>(session.ExecuteAsync($"SELECT '{Canary}'::int", token)),
                new TransactionSettings { MaxRetries = 0 },
                Cancellation
            )
        );
        failures.Add(
            await Assert.ThrowsAsync<TransactionRolledBackException>(async () =>
                await database.ExecuteInTransactionAsync(
                    async (session, token) =>
                    {
                        await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync($"SELECT '{Canary}'::int", token));
                        return 0;
                    },
                    cancellationToken: Cancellation
                )
            )
        );
        var health = await new DatabaseHealthCheck(database, TimeProvider.System).CheckHealthAsync(new HealthCheckContext(), Cancellation);
        await Poll.UntilAsync(() => heard.Any(query => query.Plan is not null), cancellationToken: Cancellation);
        own.Collect();
        npgsql.Collect();
        var tags = own.Measurements.Concat(npgsql.Measurements).SelectMany(one => one.Tags.Values).Select(value => value?.ToString());
        // What Npgsql logs of commands, when that is asked for, is its own text; literals in it are the caller's.
        var ours = string.Join('\n', logs.Records.Where(record => record.Category == "LedgerLift.Data").Select(record => record.AllText()));
        var everything = string.Join(
            '\n',
            tags.Concat(failures.Select(failure => failure.ToString()))
                .Concat(heard.Select(query => $"{query.Text} {query.Plan}"))
                .Concat(spans.Stopped.Select(TextOf))
                .Append($"{health.Description} {string.Join(' ', health.Data)} {database.GetPoolSnapshot()}")
                .Append(ours)
        );
        var password = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Password!;

        Assert.NotEmpty(ours);
        Assert.Contains(heard, query => query.Text.StartsWith("COPY", StringComparison.Ordinal));
        Assert.Equal(2, spans.Stopped.Count(span => Equals(span.GetTagItem("db.client.connection.pool.name"), options.Name)));
        Assert.DoesNotContain(Canary, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(
            password,
            everything + logs.AllText() + string.Concat(npgsqlSpans.Stopped.Select(TextOf)),
            StringComparison.Ordinal
        );
    }

    private static string TextOf(Activity span) =>
        string.Join(
            ' ',
            span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")
                .Concat(span.Events.SelectMany(one => one.Tags.Select(tag => $"{one.Name} {tag.Key}={tag.Value}")))
                .Append($"{span.DisplayName} {span.StatusDescription}")
        );
}
