using DocumentPipeline;
using LedgerLift.Data;
using LedgerLift.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DocumentWorkerProgram;

/// <summary>Says in one line why a command could not be done; what is not here is a fault of the program and shows its stack.</summary>
internal static class Fault
{
    public static string? Explain(Exception fault) =>
        fault switch
        {
            SettingsException or RefusedException or UnreadableException or DatabaseException or StorageException => fault.Message,
            OptionsValidationException wrong => string.Join(" ", wrong.Failures),
            NpgsqlException => "The database does not answer; check DATABASE_URL.",
            FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => fault.Message,
            _ => null,
        };
}
