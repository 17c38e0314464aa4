using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Brings the schema up to date by the embedded scripts <c>V0001__name.sql</c>, <c>V0002__…</c>, each once and in order. Thread-safe; any number of processes
/// may migrate at the same time.
/// </summary>
/// <remarks>
/// Each script runs in a transaction with its entry in the journal <c>ledgerlift_schema_history</c>. A script that contains the line
/// <c>-- ledgerlift: no-transaction</c> runs statement by statement without one, for <c>CREATE INDEX CONCURRENTLY</c> and its like; when it is interrupted,
/// it is run again from its beginning, after invalid indexes that it names were dropped.
/// </remarks>
public interface ISchemaMigrator
{
    /// <summary>Applies what is not applied yet.</summary>
    /// <param name="cancellationToken">Ends the wait for other migrators, and the script under way, which is then rolled back.</param>
    /// <exception cref="MigrationException">The scripts and the journal contradict each other, or a script failed.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<MigrationReport> MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes all scripts with their journal entries into one text for psql; a script that is applied already is refused by the journal. Asks no server.</summary>
    /// <param name="cancellationToken">Not used: nothing is waited for.</param>
    /// <exception cref="MigrationException">The scripts are not in order.</exception>
    Task<string> GenerateScriptAsync(CancellationToken cancellationToken = default);

    /// <summary>Compares scripts and journal and changes nothing.</summary>
    /// <param name="cancellationToken">Cancels the questions.</param>
    /// <returns>What differs, a sentence each; empty when the schema is what the scripts say.</returns>
    /// <exception cref="MigrationException">The scripts are not in order.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    Task<IReadOnlyList<string>> ValidateAsync(CancellationToken cancellationToken = default);
}
