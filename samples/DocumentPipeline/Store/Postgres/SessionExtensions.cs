using LedgerLift.Data;
using Npgsql;
using NpgsqlTypes;

namespace DocumentPipeline;

/// <summary>One statement with its values, run in a session: what every query of this folder does.</summary>
internal static class SessionExtensions
{
    /// <summary>Runs the statement.</summary>
    /// <returns>How many rows it touched.</returns>
    public static async ValueTask<int> ExecuteAsync(
        this DatabaseSession session,
        string sql,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] values
    )
    {
        await using var command = session.CreateCommand(sql);
        Add(command, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The rows of the statement.</summary>
    public static async ValueTask<List<T>> QueryAsync<T>(
        this DatabaseSession session,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] values
    )
    {
        await using var command = session.CreateCommand(sql);
        Add(command, values);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(read(rows));
        return found;
    }

    /// <summary>The first row of the statement, or null.</summary>
    public static async ValueTask<T?> FirstAsync<T>(
        this DatabaseSession session,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] values
    )
        where T : class => (await session.QueryAsync(sql, read, cancellationToken, values)).FirstOrDefault();

    private static void Add(NpgsqlCommand command, (string Name, object? Value)[] values)
    {
        foreach (var (name, value) in values)
            command.Parameters.Add(
                value switch
                {
                    null => new NpgsqlParameter(name, NpgsqlDbType.Text) { Value = DBNull.Value },
                    DateOnly date => new NpgsqlParameter<DateOnly>(name, date),
                    _ => new NpgsqlParameter(name, value),
                }
            );
    }
}
