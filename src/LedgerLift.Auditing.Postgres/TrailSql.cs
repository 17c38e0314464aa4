using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Commands of the trail. Their texts are the package's own; of the options only names go in that were checked to be plain identifiers.</summary>
internal static class TrailSql
{
    [SuppressMessage("Security", "CA2100", Justification = "Nothing that a caller says is in the text; values are parameters.")]
    internal static NpgsqlCommand Command(NpgsqlConnection? connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    [SuppressMessage("Security", "CA2100", Justification = "As above.")]
    internal static void SetText(NpgsqlCommand command, string sql) => command.CommandText = sql;

    internal static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    internal static Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        RunAsync(Command(connection, sql), cancellationToken);

    /// <summary>Runs the command and disposes it.</summary>
    internal static async Task RunAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first value of the first row, or the default when there is none; disposes the command.</summary>
    internal static async Task<T?> ReadAsync<T>(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is T value ? value : default;
    }
}
