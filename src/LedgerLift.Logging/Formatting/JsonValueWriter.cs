using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace LedgerLift.Logging;

/// <summary>Writes values of any type as JSON: numbers as numbers, dates in ISO form, what it does not know by its text.</summary>
internal static class JsonValueWriter
{
    private const int MaxDepth = 64;

    /// <summary>Writes a property.</summary>
    public static void Write(Utf8JsonWriter writer, string key, object? value)
    {
        writer.WritePropertyName(key);
        WriteValue(writer, value, depth: 0);
    }

    /// <summary>Writes a scope: its pairs as an object, otherwise its text.</summary>
    public static void WriteScope(Utf8JsonWriter writer, object? scope)
    {
        if (scope is not IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            writer.WriteStringValue(scope is null ? "" : ValueText.Of(scope));
            return;
        }

        writer.WriteStartObject();
        foreach (var (key, value) in pairs)
            Write(writer, key, value);

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, int depth)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case DateTime date:
                writer.WriteStringValue(date);
                break;
            case DateTimeOffset date:
                writer.WriteStringValue(date);
                break;
            case JsonElement { ValueKind: not JsonValueKind.Undefined } element:
                element.WriteTo(writer);
                break;
            case Dictionary<string, object?> members when depth < MaxDepth:
                WriteObject(writer, members, depth);
                break;
            case List<object?> items when depth < MaxDepth:
                WriteList(writer, items, depth);
                break;
            default:
                WriteOther(writer, value);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, Dictionary<string, object?> members, int depth)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in members)
        {
            writer.WritePropertyName(key);
            WriteValue(writer, value, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable items, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            WriteValue(writer, item, depth + 1);

        writer.WriteEndArray();
    }

    // NaN and the infinities have no JSON number; enumerations are written by name.
    private static void WriteOther(Utf8JsonWriter writer, object value)
    {
        var text = ValueText.Of(value);
        var isNumber =
            value is sbyte or byte or short or ushort or int or uint or long or ulong or decimal or Int128 or UInt128
            || (value is double or float or Half && double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)));
        if (isNumber)
            writer.WriteRawValue(text, skipInputValidation: true);
        else
            writer.WriteStringValue(text);
    }
}
