using System.Buffers;

namespace LedgerLift.Auditing;

/// <summary>The canonical bytes of an entry, written straight away: its names stand here in the order that RFC 8785 asks for.</summary>
internal static class AuditEntryCanonical
{
    internal static byte[] Write(AuditEntry entry, bool withDetails)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(buffer, entry, withDetails);
        return buffer.WrittenSpan.ToArray();
    }

    internal static void Write(IBufferWriter<byte> output, AuditEntry entry, bool withDetails)
    {
        CanonicalText.WriteAscii(output, "{\"action\":"u8);
        CanonicalText.Write(output, entry.Action);
        if (withDetails && entry.CanonicalDetails is { } details)
        {
            CanonicalText.WriteAscii(output, ",\"details\":"u8);
            CanonicalText.WriteAscii(output, details.Span);
        }

        CanonicalText.WriteAscii(output, ",\"id\":\""u8);
        entry.Id.TryFormat(output.GetSpan(36), out var written, "D");
        output.Advance(written);
        CanonicalText.WriteAscii(output, "\""u8);
        Optional(output, ",\"ipAddress\":"u8, entry.IpAddress);
        Optional(output, ",\"requestId\":"u8, entry.RequestId);
        Optional(output, ",\"resourceId\":"u8, entry.ResourceId);
        Optional(output, ",\"resourceType\":"u8, entry.ResourceType);
        Optional(output, ",\"result\":"u8, entry.Result);
        Optional(output, ",\"timestamp\":"u8, AuditInstant.Write(entry.Timestamp));
        Optional(output, ",\"traceId\":"u8, entry.TraceId);
        Optional(output, ",\"userAgent\":"u8, entry.UserAgent);
        Optional(output, ",\"userId\":"u8, entry.UserId);
        CanonicalText.WriteAscii(output, "}"u8);
    }

    private static void Optional(IBufferWriter<byte> output, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        CanonicalText.WriteAscii(output, name);
        CanonicalText.Write(output, value);
    }
}
