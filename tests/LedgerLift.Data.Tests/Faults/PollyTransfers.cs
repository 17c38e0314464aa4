using Npgsql;
using Polly;
using Polly.Retry;

namespace LedgerLift.Data.Tests;

/// <summary>Transfers by Npgsql alone in a retry of Polly's, which repeats what Npgsql calls transient.</summary>
internal sealed class PollyTransfers(NpgsqlDataSource dataSource) : ITransfers
{
    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder()
        .AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(failure => failure.IsTransient),
                MaxRetryAttempts = 100,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromMilliseconds(500),
            }
        )
        .Build();

    public string Name => "Polly retry on IsTransient";

    public async Task WriteAsync(IReadOnlyList<string> statements) =>
        await _pipeline.ExecuteAsync(async token =>
        {
            await using var connection = await dataSource.OpenConnectionAsync(token);
            await using var transaction = await connection.BeginTransactionAsync(token);
            foreach (var statement in statements)
            {
                await using var command = new NpgsqlCommand(statement, connection, transaction);
                await command.ExecuteNonQueryAsync(token);
            }

            await transaction.CommitAsync(token);
        });
}
