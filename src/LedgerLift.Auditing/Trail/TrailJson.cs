using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>What an exported trail and a proof have in common.</summary>
internal static class TrailJson
{
    internal static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = AuditEntry.MaxDetailsDepth + 8,
    };

    internal static void WriteKind(Utf8JsonWriter writer, string kind)
    {
        writer.WriteString("kind"u8, kind);
        writer.WriteNumber("format"u8, SealJson.Format);
    }

    internal static void WriteRaw(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> json)
    {
        writer.WritePropertyName(name);
        // Was written by this package, or, if somebody changed it, need not be JSON at all.
        writer.WriteRawValue(json, skipInputValidation: false);
    }

    internal static void WriteRecord(Utf8JsonWriter writer, AuditRecord record)
    {
        WriteJsonOrText(writer, "header", record.Header.Span);
        if (!record.DetailsHash.IsZero)
            writer.WriteString("detailsHash"u8, record.DetailsHash.ToString());
        if (record.Details is { } details)
            WriteJsonOrText(writer, "details", details.Span);
        if (record.Salt is { } salt)
            writer.WriteString("salt"u8, Convert.ToBase64String(salt.Span));
    }

    /// <summary>The record of a line; null when the line has none.</summary>
    internal static AuditRecord? ReadRecord(AuditEntryFields fields) =>
        fields.Find("header") is { } header
            ? new AuditRecord(
                BytesOf(header),
                fields.Find("detailsHash") is null ? AuditHash.Zero : fields.Hash("detailsHash"),
                fields.Find("details") is { } details ? BytesOf(details) : default(ReadOnlyMemory<byte>?),
                fields.Find("salt") is null ? default(ReadOnlyMemory<byte>?) : fields.Bytes("salt")
            )
            : null;

    // The bytes as they stand in the file are what is hashed.
    private static byte[] BytesOf(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).ToArray();

    // Bytes that somebody changed so that they are no JSON any more go into a string: the export must not fail, and the verification finds them.
    private static void WriteJsonOrText(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> json)
    {
        if (IsJson(json))
            WriteRaw(writer, name, json);
        else
            writer.WriteString(name, Convert.ToBase64String(json));
    }

    private static bool IsJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = AuditEntry.MaxDetailsDepth });
        try
        {
            reader.Skip();
            while (reader.Read())
                reader.Skip();
            return !json.ContainsAny((byte)'\n', (byte)'\r');
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
