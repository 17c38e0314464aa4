namespace LedgerLift.Auditing.Postgres;

/// <summary>The name of the lock that whoever seals, or takes sealed entries away, holds.</summary>
internal static class SealLock
{
    internal static string NameOf(string schema) => $"{schema}.audit_seal";
}
