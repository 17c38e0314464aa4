using System.Text.Json;

namespace LedgerLift.AspNetCore;

/// <summary>Writes what a check adds: plain values only, texts without hosts and users.</summary>
internal static class HealthDataWriter
{
    public static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, object> data)
    {
        foreach (var (name, value) in data)
        {
            if (string.Equals(name, ComponentState.CheckedAtKey, StringComparison.Ordinal) || HealthText.IsSecretName(name))
                continue;

            WriteValue(json, name, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case byte or short or int or long or ushort or uint:
                json.WriteNumber(name, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, Math.Round(number, 4));
                break;
            case decimal number:
                json.WriteNumber(name, number);
                break;
            case DateTimeOffset at:
                json.WriteString(name, at.ToUniversalTime());
                break;
            case TimeSpan span:
                json.WriteNumber(name, span.TotalSeconds);
                break;
            case string text:
                json.WriteString(name, HealthText.Clean(text));
                break;
            case Enum known:
                json.WriteString(name, known.ToString());
                break;
        }
    }
}
