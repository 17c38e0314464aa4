using Npgsql;

namespace LedgerLift.Benchmarks;

/// <summary>The same prepared command on several open connections, executed in turns, so that no connection's luck decides.</summary>
internal sealed class PreparedCommands : IAsyncDisposable
{
    private readonly NpgsqlConnection[] _connections;
    private readonly NpgsqlCommand[] _commands;
    private int _next;

    private PreparedCommands(NpgsqlConnection[] connections) =>
        (_connections, _commands) = (connections, [.. connections.Select(connection => new NpgsqlCommand("SELECT 1", connection))]);

    public static async Task<PreparedCommands> PrepareAsync(NpgsqlDataSource dataSource, int connections)
    {
        var open = new NpgsqlConnection[connections];
        for (var i = 0; i < connections; i++)
            open[i] = await dataSource.OpenConnectionAsync();
        var prepared = new PreparedCommands(open);
        foreach (var command in prepared._commands)
            await command.PrepareAsync();
        return prepared;
    }

    public ValueTask<int> ExecuteNextAsync() => new(_commands[_next++ % _commands.Length].ExecuteNonQueryAsync());

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands)
            await command.DisposeAsync();
        foreach (var connection in _connections)
            await connection.DisposeAsync();
    }
}
