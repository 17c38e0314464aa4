using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>The values of one JSON object by name. What is missing or bad is an <see cref="ArgumentException"/> that names it.</summary>
internal sealed class AuditEntryFields
{
    private readonly Dictionary<string, JsonElement> _values;

    private AuditEntryFields(Dictionary<string, JsonElement> values) => _values = values;

    internal static AuditEntryFields Read(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
            throw BadField.Named(BadField.Whole, $"A JSON object is wanted, and there is {element.ValueKind}.");
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var name = NameOf(property);
            if (!values.TryAdd(name, property.Value))
                throw BadField.Named(name, $"The field {name} stands there twice.");
        }

        return new AuditEntryFields(values);
    }

    /// <summary>Refuses a sealed form of another version.</summary>
    internal AuditEntryFields OfThisFormat()
    {
        var format = Number("format");
        return format == SealJson.Format
            ? this
            : throw BadField.Named("format", $"The field format must be {SealJson.Format}, and is {format}: another version wrote this.");
    }

    /// <summary>Refuses names that are not among these.</summary>
    internal void ThrowIfUnknown(IReadOnlySet<string> known)
    {
        if (_values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw BadField.Named(unknown, $"The field {unknown} is unknown.");
    }

    /// <summary>The value, whatever it is; null only when it is left out.</summary>
    internal JsonElement? Find(string name) => _values.TryGetValue(name, out var value) ? value : null;

    internal string? Text(string name) =>
        Find(name) switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } value => TextOf(value, name),
            { } value => throw BadField.Named(name, $"The field {name} must be a string, and is {value.ValueKind}."),
        };

    internal string RequiredText(string name) => Text(name) ?? throw BadField.Named(name, $"The field {name} is missing.");

    internal Guid Id(string name) =>
        Guid.TryParseExact(RequiredText(name), "D", out var id)
            ? id
            : throw BadField.Named(name, $"The field {name} must be a UUID of 36 characters.");

    internal DateTimeOffset Instant(string name) =>
        AuditInstant.TryRead(RequiredText(name), out var instant)
            ? instant
            : throw BadField.Named(name, $"The field {name} must be a time of RFC 3339 with an offset.");

    internal long Number(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= 0
            ? number
            : throw BadField.Named(name, $"The field {name} must be a whole number from 0.");

    internal AuditHash Hash(string name) =>
        AuditHash.TryParse(RequiredText(name), out var hash)
            ? hash
            : throw BadField.Named(name, $"The field {name} must be 64 lower-case hex digits.");

    internal AuditEntryFields Object(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Object } value
            ? Read(value)
            : throw BadField.Named(name, $"The field {name} must be an object.");

    internal byte[] Bytes(string name)
    {
        var text = RequiredText(name);
        var bytes = new byte[text.Length];
        // One value has one text: no white space, and the unused bits at the end are zero.
        return
            Convert.TryFromBase64String(text, bytes, out var length)
            && string.Equals(Convert.ToBase64String(bytes, 0, length), text, StringComparison.Ordinal)
            ? bytes[..length]
            : throw BadField.Named(name, $"The field {name} must be base64.");
    }

    private static string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw BadField.Named(name, $"The field {name} must be valid Unicode, but holds half of a surrogate pair.", exception);
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException exception)
        {
            throw BadField.Named(BadField.Whole, "A name holds half of a surrogate pair.", exception);
        }
    }
}
