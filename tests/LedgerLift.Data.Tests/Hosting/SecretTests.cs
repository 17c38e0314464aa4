using LedgerLift.Testing;
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
        var options = Databases.Options(
            postgres.ConnectionString,
            o =>
                (o.LogCommands, o.SlowQueryThreshold, o.PoolSize, o.MaxOverflow, o.PoolTimeout) = (true, TimeSpan.Zero, 1, 0, TimeSpan.Zero)
        );
        await using var database = new PostgresDatabase(options, logs);
        var failures = new List<Exception>();
        await using (var session = await database.OpenSessionAsync(Cancellation))
        {
            await using var command = session.CreateCommand($"SELECT $1::text, '{Canary}'");
            command.Parameters.Add(new NpgsqlParameter { Value = Canary });
            await command.ExecuteNonQueryAsync(Cancellation);
            failures.Add(await Assert.ThrowsAsync<PoolTimeoutException>(async () => await database.OpenSessionAsync(Cancellation)));
        }

        own.Collect();
        npgsql.Collect();
        var tags = own.Measurements.Concat(npgsql.Measurements).SelectMany(one => one.Tags.Values).Select(value => value?.ToString());
        // What Npgsql logs of commands, when that is asked for, is its own text; literals in it are the caller's.
        var ours = string.Join('\n', logs.Records.Where(record => record.Category == "LedgerLift.Data").Select(record => record.AllText()));
        var everything = string.Join('\n', tags.Concat(failures.Select(failure => failure.ToString())).Append(ours));
        var password = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Password!;

        Assert.NotEmpty(ours);
        Assert.DoesNotContain(Canary, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(password, everything + logs.AllText(), StringComparison.Ordinal);
    }
}
