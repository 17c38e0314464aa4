using System.Text;

namespace LedgerLift.Auditing.Postgres;

/// <summary>An entry on its way into the database, with whoever waits for it.</summary>
internal sealed class PendingEntry(AuditEntry entry, byte[] salt, TaskCompletionSource? waiter = null)
{
    internal AuditEntry Entry => entry;

    internal byte[] Salt => salt;

    /// <summary>Whether somebody waits for the entry; what nobody waits for may be dropped in an outage.</summary>
    internal bool IsAwaited => waiter is not null;

    /// <summary>The salt, whose length is one byte, and the entry as JSON.</summary>
    internal byte[] ToBytes()
    {
        var json = entry.ToJson();
        var bytes = new byte[1 + salt.Length + Encoding.UTF8.GetByteCount(json)];
        bytes[0] = (byte)salt.Length;
        salt.CopyTo(bytes, 1);
        Encoding.UTF8.GetBytes(json, bytes.AsSpan(1 + salt.Length));
        return bytes;
    }

    /// <summary>What <see cref="ToBytes"/> wrote; null when it is something else.</summary>
    internal static PendingEntry? TryRead(ReadOnlyMemory<byte> bytes)
    {
        var length = bytes.Span[0];
        if (bytes.Length <= length)
            return null;
        try
        {
            return new PendingEntry(
                AuditEntry.FromJson(Encoding.UTF8.GetString(bytes.Span[(1 + length)..])),
                bytes.Slice(1, length).ToArray()
            );
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    internal void Succeed() => waiter?.TrySetResult();

    internal void Fail(AuditException failure) => waiter?.TrySetException(failure);
}
