using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace LedgerLift.Logging;

/// <summary>Reads the strings of JSON, which may hold half a surrogate pair and cannot be read then.</summary>
internal static class JsonNames
{
    /// <summary>The name of a property.</summary>
    public static string Of(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return ValueText.Unreadable;
        }
    }

    /// <summary>The text of a string; false for other values and for half pairs.</summary>
    public static bool TryRead(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            text = null;
        }

        return text is not null;
    }
}
