using System.Security.Cryptography;

namespace LedgerLift.Auditing.Postgres;

/// <summary>What keeps erased details from being guessed: without it, a short text could be found by hashing all candidates.</summary>
internal static class EntrySalt
{
    private const int Bytes = 16;

    internal static byte[] For(AuditEntry entry) => entry.CanonicalDetails is null ? [] : RandomNumberGenerator.GetBytes(Bytes);
}
