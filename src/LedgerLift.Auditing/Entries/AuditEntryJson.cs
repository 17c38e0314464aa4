using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>An entry as JSON and back.</summary>
internal static class AuditEntryJson
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = AuditEntry.MaxDetailsDepth + 8,
    };

    // One level for the entry itself, and one more so that details that are too deep are named instead of called bad JSON.
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = AuditEntry.MaxDetailsDepth + 8 };

    internal static string Write(AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            Write(writer, entry);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static void Write(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, entry.Id);
        writer.WriteString("timestamp"u8, AuditInstant.Write(entry.Timestamp));
        writer.WriteString("action"u8, entry.Action);
        writer.WriteString("resourceType"u8, entry.ResourceType);
        WriteOptional(writer, "resourceId"u8, entry.ResourceId);
        writer.WriteString("result"u8, entry.Result);
        WriteOptional(writer, "userId"u8, entry.UserId);
        WriteOptional(writer, "ipAddress"u8, entry.IpAddress);
        WriteOptional(writer, "userAgent"u8, entry.UserAgent);
        WriteOptional(writer, "requestId"u8, entry.RequestId);
        WriteOptional(writer, "traceId"u8, entry.TraceId);
        if (entry.Details is { } details)
        {
            writer.WritePropertyName("details"u8);
            details.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    internal static AuditEntry Read(ReadOnlyMemory<char> json)
    {
        using var document = Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>Reads an entry whose details, if any, stand apart.</summary>
    internal static AuditEntry Read(ReadOnlyMemory<byte> header, ReadOnlyMemory<byte>? details)
    {
        using var document = ParseUtf8(header);
        var entry = Read(document.RootElement);
        if (details is not { } bytes)
            return entry;
        using var apart = ParseUtf8(bytes);
        return entry with { Details = apart.RootElement };
    }

    internal static AuditEntry Read(JsonElement element)
    {
        var fields = AuditEntryFields.Read(element);
        return new AuditEntry(
            fields.Id("id"),
            fields.Instant("timestamp"),
            fields.RequiredText("action"),
            fields.RequiredText("resourceType"),
            fields.RequiredText("result")
        )
        {
            ResourceId = fields.Text("resourceId"),
            UserId = fields.Text("userId"),
            IpAddress = fields.Text("ipAddress"),
            UserAgent = fields.Text("userAgent"),
            RequestId = fields.Text("requestId"),
            TraceId = fields.Text("traceId"),
            Details = fields.Find("details"),
        };
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static JsonDocument Parse(ReadOnlyMemory<char> json)
    {
        try
        {
            return JsonDocument.Parse(json, ReaderOptions);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw NoJson(exception);
        }
    }

    internal static JsonDocument ParseUtf8(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8, ReaderOptions);
        }
        catch (JsonException exception)
        {
            throw NoJson(exception);
        }
    }

    // The cause's message may quote the text; its position is enough.
    private static ArgumentException NoJson(Exception cause) =>
        BadField.Named(
            BadField.Whole,
            cause is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
                ? $"The text is no JSON; line {line}, byte {position} (both from 0)."
                : "The text is no JSON."
        );
}
