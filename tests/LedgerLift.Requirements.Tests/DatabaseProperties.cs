using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Data;
using LedgerLift.Resilience;
using LedgerLift.Testing;

namespace LedgerLift.Requirements.Tests;

public sealed class DatabaseProperties(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact, Trait("Property", "1")]
    public void A_blank_database_url_is_refused_and_says_so() =>
        Prop.ForAll(
                Cases.Blank,
                blank =>
                {
                    var fault = Assert.ThrowsAny<ArgumentException>(() =>
                        new PostgresDatabase(new DatabaseOptions { ConnectionString = blank })
                    );
                    Assert.Contains(nameof(DatabaseOptions.ConnectionString), fault.Message, StringComparison.Ordinal);
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "2")]
    public void Pool_sizes_below_one_and_negative_overflows_are_refused_and_no_others() =>
        Prop.ForAll(
                Cases.Of(Gen.Choose(-50, 50).SelectMany(size => Gen.Choose(-50, 50).Select(overflow => (Size: size, Overflow: overflow)))),
                pool =>
                {
                    var options = new DatabaseOptions
                    {
                        ConnectionString = "Host=127.0.0.1;Username=nobody",
                        PoolSize = pool.Size,
                        MaxOverflow = pool.Overflow,
                    };
                    var fault = Record.Exception(() => new PostgresDatabase(options).DisposeAsync().AsTask().GetAwaiter().GetResult());
                    Assert.Equal(pool.Size >= 1 && pool.Overflow >= 0, fault is null);
                    Assert.True(fault is null or ArgumentException { Message.Length: > 0 });
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "3")]
    public async Task The_exception_of_the_work_reaches_the_caller_itself_and_nothing_is_kept()
    {
        await postgres.ExecuteAsync("CREATE TABLE IF NOT EXISTS kept (id uuid)");
        await using var database = new PostgresDatabase(new DatabaseOptions { ConnectionString = postgres.ConnectionString });
        for (var count = 0; count < 100; count++)
        {
            var thrown = new InvalidOperationException($"{count}", new FormatException("cause"));

            var caught = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
                await database.ExecuteInTransactionAsync<int>(
                    async (session, token) =>
                    {
                        await using var command = session.CreateCommand("INSERT INTO kept VALUES (gen_random_uuid())");
                        await command.ExecuteNonQueryAsync(token);
                        throw thrown;
                    },
                    cancellationToken: TestContext.Current.CancellationToken
                )
            );

            Assert.Same(thrown, caught);
            Assert.IsType<FormatException>(caught.InnerException);
        }

        Assert.Equal(0L, await postgres.ReadAsync<long>("SELECT count(*) FROM kept"));
    }

    [Fact, Trait("Property", "19")]
    public async Task A_failure_that_is_given_up_on_keeps_its_causes()
    {
        var executor = new ResilienceExecutor(
            "requirement",
            new ResiliencePolicyOptions
            {
                CircuitBreaker = null,
                Retry = new RetryOptions { MaxRetries = 2, BaseDelay = TimeSpan.FromTicks(1) },
            }
        );
        for (var depth = 0; depth < 100; depth++)
        {
            Exception thrown = new IOException("innermost");
            for (var level = 0; level < depth; level++)
                thrown = new InvalidOperationException($"level {level}", thrown);

            var caught = await Record.ExceptionAsync(async () =>
                await executor.ExecuteAsync<int>(OperationSafety.Idempotent, _ => throw thrown, TestContext.Current.CancellationToken)
            );

            Assert.Same(thrown, caught);
            Assert.Equal(depth, Depth(caught!));
        }
    }

    private static int Depth(Exception failure)
    {
        var depth = 0;
        for (var inner = failure.InnerException; inner is not null; inner = inner.InnerException)
            depth++;
        return depth;
    }
}
