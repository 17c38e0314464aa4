using Npgsql;

namespace LedgerLift.Testing.Tests;

/// <summary>The proxy on a real PostgreSQL: who knows what about a COMMIT, shown from the captured bytes.</summary>
public sealed class CommitReplyTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly string _table = $"t{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.Cut)]
    public async Task The_server_got_the_commit_and_the_client_never_got_the_reply(Fault fault)
    {
        await postgres.ExecuteAsync($"CREATE TABLE {_table} (id int)");
        await using var proxy = postgres.StartProxy();
        var rule = proxy.DropReplyTo("COMMIT\0"u8, fault, replyUntil: "Z\0\0\0\x5I"u8);

        await using (var connection = await OpenAsync(proxy))
        await using (var transaction = await InsertAsync(connection))
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync(Cancellation));

        var faulty = await rule.WaitAsync();
        Assert.Equal("Q COMMIT", PostgresWire.Frontend(faulty.ClientToServer.DeliveredBytes())[^1].ToString());
        Assert.Equal(["C COMMIT", "Z I"], Texts(PostgresWire.Backend(faulty.ServerToClient.ReceivedBytes()))[^2..]);
        var delivered = Texts(PostgresWire.Backend(faulty.ServerToClient.DeliveredBytes()));
        Assert.DoesNotContain("C COMMIT", delivered);
        Assert.Equal(["C INSERT 0 1", "Z T"], delivered[^2..]);
        AssertDeliveredAllButTheReply(faulty, "C\0\0\0\x0BCOMMIT\0Z\0\0\0\x5I"u8.Length);
        Assert.Equal(1L, await CountAsync());
    }

    [Fact]
    public async Task A_hanging_client_does_not_learn_either()
    {
        await postgres.ExecuteAsync($"CREATE TABLE {_table} (id int)");
        await using var proxy = postgres.StartProxy();
        var rule = proxy.DropReplyTo("COMMIT\0"u8, Fault.BlackHole);
        await using var connection = await OpenAsync(proxy);
        await using var transaction = await InsertAsync(connection);

        var commit = transaction.CommitAsync(Cancellation);
        var faulty = await rule.WaitAsync();

        Assert.False(commit.IsCompleted);
        Assert.Equal(1L, await CountAsync());
        Assert.DoesNotContain("C COMMIT", Texts(PostgresWire.Backend(faulty.ServerToClient.DeliveredBytes())));
        faulty.Reset();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => commit);
    }

    [Fact]
    public async Task A_commit_lost_on_its_way_to_the_server_leaves_no_row()
    {
        await postgres.ExecuteAsync($"CREATE TABLE {_table} (id int)");
        await using var proxy = postgres.StartProxy();
        var rule = proxy.ClientToServer.WhenPasses("COMMIT\0"u8, Fault.Reset, deliver: false);

        await using (var connection = await OpenAsync(proxy))
        await using (var transaction = await InsertAsync(connection))
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync(Cancellation));

        var faulty = await rule.WaitAsync();
        Assert.DoesNotContain("Q COMMIT", Texts(PostgresWire.Frontend(faulty.ClientToServer.DeliveredBytes())));
        Assert.Contains("Q COMMIT", Texts(PostgresWire.Frontend(faulty.ClientToServer.ReceivedBytes())));
        Assert.Equal(0L, await CountAsync());
    }

    private static void AssertDeliveredAllButTheReply(ProxyConnection connection, int replyLength)
    {
        var received = connection.ServerToClient.ReceivedBytes();
        Assert.True(connection.ServerToClient.IsCaptureWhole);
        Assert.Equal(received[..^replyLength], connection.ServerToClient.DeliveredBytes());
    }

    private static string[] Texts(IEnumerable<PostgresMessage> messages) => [.. messages.Select(message => message.ToString())];

    private async Task<NpgsqlConnection> OpenAsync(TcpFaultProxy proxy)
    {
        var builder = new NpgsqlConnectionStringBuilder(postgres.Through(proxy)) { Pooling = false };
        var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private async Task<NpgsqlTransaction> InsertAsync(NpgsqlConnection connection)
    {
        var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var insert = new NpgsqlCommand($"INSERT INTO {_table} VALUES (1)", connection, transaction);
        await insert.ExecuteNonQueryAsync(Cancellation);
        return transaction;
    }

    private Task<long> CountAsync() => postgres.ReadAsync<long>($"SELECT count(*) FROM {_table}");
}
