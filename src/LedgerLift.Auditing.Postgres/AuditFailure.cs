using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>What the server's failures are for callers.</summary>
internal static class AuditFailure
{
    internal static AuditException Of(NpgsqlException failure, string what) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName }
            ? new AuditException(
                $"{what} Its schema is missing: run EnsureSchemaAsync or the script.",
                PostgresAuditErrorCodes.SchemaMissing,
                isTransient: false,
                failure
            )
            : new AuditException(what, PostgresAuditErrorCodes.Unavailable, failure.IsTransient, failure);
}
