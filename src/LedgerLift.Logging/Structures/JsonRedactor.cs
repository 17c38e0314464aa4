using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LedgerLift.Logging;

/// <summary>Writes JSON again without what must not be shown. Numbers keep their digits. Immutable and thread-safe.</summary>
internal sealed class JsonRedactor(KeyMatcher keys, MaskWriter masks, TextRedactor text, PiiRedactionOptions options)
{
    private static readonly JsonWriterOptions s_writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
    private static readonly JsonDocumentOptions s_reading = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 256,
    };

    private readonly int _maxDepth = options.MaxDepth;
    private readonly int _maxItems = options.MaxItems;
    private readonly bool _detects = options.DetectValues;

    /// <summary>The same element when nothing was found, otherwise a new one.</summary>
    public JsonElement Redact(JsonElement value, KeyPath? path, int depth, out bool changed)
    {
        if (value.ValueKind is JsonValueKind.Undefined)
        {
            changed = false;
            return value;
        }

        var bytes = Write(value, path, depth, out changed);
        if (!changed)
            return value;

        var reader = new Utf8JsonReader(bytes.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Redacts a text that is JSON; false when it is not.</summary>
    public bool TryRedact(string json, int depth, [NotNullWhen(true)] out string? redacted)
    {
        redacted = null;
        if (depth >= _maxDepth)
            return false;

        try
        {
            using var document = JsonDocument.Parse(json, s_reading);
            var bytes = Write(document.RootElement, path: null, depth, out var changed);
            redacted = changed ? Encoding.UTF8.GetString(bytes.WrittenSpan) : json;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, or JSON with half a surrogate pair in it.
            return false;
        }
    }

    private ArrayBufferWriter<byte> Write(JsonElement value, KeyPath? path, int depth, out bool changed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, s_writing);
        var walk = new JsonWalk(writer, RedactionBudget.For(_maxItems));
        Write(walk, value, path, depth);
        writer.Flush();
        changed = walk.IsChanged;
        return buffer;
    }

    private void Write(JsonWalk walk, JsonElement value, KeyPath? path, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth >= _maxDepth:
                Hide(walk, masks.Placeholder);
                break;
            case JsonValueKind.Object:
                WriteObject(walk, value, path, depth);
                break;
            case JsonValueKind.Array:
                WriteArray(walk, value, path, depth);
                break;
            case JsonValueKind.String:
                WriteString(walk, value, depth);
                break;
            case JsonValueKind.Number when _detects && IsCard(value):
                Hide(walk, masks.Write(RedactionKind.Card, value.GetRawText()));
                break;
            default:
                value.WriteTo(walk.Writer);
                break;
        }
    }

    private void WriteObject(JsonWalk walk, JsonElement value, KeyPath? path, int depth)
    {
        walk.Writer.WriteStartObject();
        var count = 0;
        foreach (var property in value.EnumerateObject())
        {
            if (count++ == _maxItems || !walk.Budget.TakeValue())
            {
                WriteRest(walk, value.GetPropertyCount() - count + 1);
                break;
            }

            var name = JsonNames.Of(property);
            var shown = KeyLabel.Of(name, text);
            walk.IsChanged |= !ReferenceEquals(shown, name);
            walk.Writer.WritePropertyName(shown);
            if (keys.IsSensitive(name, path))
                WriteHidden(walk, property.Value);
            else
                Write(walk, property.Value, keys.UsesPaths ? new KeyPath(path, name) : null, depth + 1);
        }

        walk.Writer.WriteEndObject();
    }

    private void WriteArray(JsonWalk walk, JsonElement value, KeyPath? path, int depth)
    {
        walk.Writer.WriteStartArray();
        var count = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (count++ == _maxItems || !walk.Budget.TakeValue())
            {
                Hide(walk, Truncation.Items(value.GetArrayLength() - count + 1));
                break;
            }

            Write(walk, item, path, depth + 1);
        }

        walk.Writer.WriteEndArray();
    }

    private void WriteString(JsonWalk walk, JsonElement element, int depth)
    {
        if (!JsonNames.TryRead(element, out var value) || !walk.Budget.TakeText(value.Length))
        {
            Hide(walk, masks.Placeholder);
            return;
        }

        var redacted = text.Redact(value, depth + 1);
        walk.IsChanged |= !ReferenceEquals(redacted, value);
        walk.Writer.WriteStringValue(redacted);
    }

    private void WriteHidden(JsonWalk walk, JsonElement value)
    {
        var raw = JsonNames.TryRead(value, out var read) ? read : value.GetRawText();
        Hide(walk, masks.Write(RedactionKind.Key, raw));
    }

    private static void WriteRest(JsonWalk walk, int count)
    {
        walk.Writer.WriteString(Truncation.Name, Truncation.Items(count));
        walk.IsChanged = true;
    }

    private static void Hide(JsonWalk walk, string instead)
    {
        walk.Writer.WriteStringValue(instead);
        walk.IsChanged = true;
    }

    private static bool IsCard(JsonElement value) => value.TryGetUInt64(out var number) && CardBrands.IsCard(number);
}
