using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>The questions to the server that commit safety needs. All are open to every user.</summary>
internal static class OutcomeQueries
{
    internal const string TransactionId = "SELECT pg_catalog.pg_current_xact_id_if_assigned()";

    private const string Era =
        "SELECT coalesce(extract(epoch FROM b.stats_reset)::text, ''), "
        + "CASE WHEN pg_catalog.pg_is_in_recovery() THEN '' ELSE left(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 8) END";

    internal const string ReadEra = Era + " FROM pg_catalog.pg_stat_bgwriter b";

    private const string ReadFacts =
        Era
        + ", c.next_xid, coalesce(extract(epoch FROM clock_timestamp() - b.stats_reset), 0)::float8 "
        + "FROM pg_catalog.pg_stat_bgwriter b, pg_catalog.pg_control_checkpoint() c";

    /// <summary>What the server says of itself, or null when it is a standby.</summary>
    internal static async ValueTask<ServerFacts?> ReadFactsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(ReadFacts, connection);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var era = EraOf(reader);
                return era.Timeline.Length == 0
                    ? null
                    : new ServerFacts(era, FullId(reader.GetString(2)), TimeSpan.FromSeconds(reader.GetDouble(3)));
            }
        }
    }

    internal static async ValueTask<string?> ReadStatusAsync(NpgsqlConnection connection, ulong id, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT pg_catalog.pg_xact_status($1::text::xid8)", connection)
        {
            Parameters = { IdParameter(id) },
        };
        await using (command.ConfigureAwait(false))
        {
            try
            {
                return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
            }
            catch (PostgresException future) when (future.SqlState is SqlStates.InvalidParameterValue)
            {
                return OutcomeRules.Future;
            }
        }
    }

    /// <summary>Ends the session that still holds the transaction open: it waits for a client that is gone.</summary>
    internal static async ValueTask EndSessionAsync(NpgsqlConnection connection, ulong id, CancellationToken cancellationToken)
    {
        const string Sql =
            "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE backend_xid = $1::text::xid8::xid";
        var command = new NpgsqlCommand(Sql, connection) { Parameters = { IdParameter(id) } };
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    internal static ServerEra EraOf(DbDataReader reader) => new(reader.GetString(0), reader.GetString(1));

    /// <summary>Reads <c>epoch:id</c>, as the control data write it, into the one number of xid8.</summary>
    internal static ulong FullId(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var epoch = ulong.Parse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture);
        return (epoch << 32) | uint.Parse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static NpgsqlParameter<string> IdParameter(ulong id) => new() { TypedValue = id.ToString(CultureInfo.InvariantCulture) };
}
