using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>CloudEvents 1.0, JSON format.</summary>
internal sealed class CloudEventsForm(Uri source) : IExportForm
{
    private readonly string _source = source.OriginalString;

    public void Write(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("specversion"u8, "1.0");
        writer.WriteString("id"u8, entry.Id);
        writer.WriteString("source"u8, _source);
        writer.WriteString("type"u8, "ledgerlift.audit." + Attribute(entry.Action));
        writer.WriteString(
            "subject"u8,
            Attribute(entry.ResourceId is null ? entry.ResourceType : $"{entry.ResourceType}/{entry.ResourceId}")
        );
        writer.WriteString("time"u8, AuditInstant.Write(entry.Timestamp));
        writer.WriteString("datacontenttype"u8, "application/json");
        // The extension traceparent would need the span, too; names of extensions are lower-case letters and digits.
        if (!string.IsNullOrEmpty(entry.TraceId))
            writer.WriteString("traceid"u8, Attribute(entry.TraceId));
        writer.WritePropertyName("data"u8);
        AuditEntryJson.Write(writer, entry);
        writer.WriteEndObject();
    }

    /// <summary>A text as the specification's type String allows it: control characters and noncharacters as %XX of their UTF-8. The data has it unchanged.</summary>
    private static string Attribute(string text)
    {
        if (text.EnumerateRunes().All(IsAllowed))
            return text;
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsAllowed(rune))
            {
                result.Append(rune.ToString());
                continue;
            }

            var length = rune.EncodeToUtf8(bytes);
            foreach (var part in bytes[..length])
                result.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
        }

        return result.ToString();
    }

    private static bool IsAllowed(Rune rune) =>
        !Rune.IsControl(rune) && rune.Value is not (>= 0xfdd0 and <= 0xfdef) && (rune.Value & 0xfffe) != 0xfffe;
}
