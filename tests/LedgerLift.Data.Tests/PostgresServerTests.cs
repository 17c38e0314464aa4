using LedgerLift.Testing;
using Npgsql;

namespace LedgerLift.Data.Tests;

/// <summary>What the other tests of this package take for granted about the server they run on.</summary>
public sealed class PostgresServerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("fsync", "on")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("full_page_writes", "on")]
    public async Task What_the_server_acknowledged_survives_a_crash(string setting, string value) =>
        Assert.Equal(value, await postgres.ReadAsync<string>($"SHOW {setting}"));

    [Fact]
    public async Task The_schema_of_a_class_is_its_own()
    {
        var other = new PostgresFixture();
        await other.InitializeAsync();
        await using var cleanUp = other;
        await postgres.ExecuteAsync("CREATE TABLE documents (id int)");
        await postgres.ExecuteAsync("INSERT INTO documents VALUES (1)");

        var failure = await Assert.ThrowsAsync<PostgresException>(() => other.ExecuteAsync("SELECT * FROM documents"));

        Assert.Equal(PostgresErrorCodes.UndefinedTable, failure.SqlState);
        Assert.Equal(1L, await postgres.ReadAsync<long>("SELECT count(*) FROM documents"));
    }
}
