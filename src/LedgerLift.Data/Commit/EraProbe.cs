using Npgsql;

namespace LedgerLift.Data;

/// <summary>Notes the server's era for each physical connection as it is made, one round trip each. Thread-safe.</summary>
internal sealed class EraProbe(PhysicalConnections physical, bool asks)
{
    public void Note(NpgsqlConnection connection)
    {
        ServerEra? era = null;
        if (asks)
        {
            try
            {
                using var command = new NpgsqlCommand(OutcomeQueries.ReadEra, connection);
                using var reader = command.ExecuteReader();
                era = reader.Read() ? OutcomeQueries.EraOf(reader) : null;
            }
            catch (PostgresException refused) when (!SqlStates.IsSessionEnd(refused.SqlState))
            {
                // Some servers that speak PostgreSQL's protocol have no such functions. Lost replies are then reported as unknown.
            }
        }

        physical.Add(connection.ProcessID, era);
    }

    public async Task NoteAsync(NpgsqlConnection connection)
    {
        ServerEra? era = null;
        if (asks)
        {
            try
            {
                var command = new NpgsqlCommand(OutcomeQueries.ReadEra, connection);
                await using (command.ConfigureAwait(false))
                {
                    var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
                    await using (reader.ConfigureAwait(false))
                        era = await reader.ReadAsync().ConfigureAwait(false) ? OutcomeQueries.EraOf(reader) : null;
                }
            }
            catch (PostgresException refused) when (!SqlStates.IsSessionEnd(refused.SqlState))
            {
                // As above.
            }
        }

        physical.Add(connection.ProcessID, era);
    }
}
