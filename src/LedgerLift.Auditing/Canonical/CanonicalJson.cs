using System.Buffers;
using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>JSON with one spelling for each value: the JSON Canonicalization Scheme of RFC 8785, in UTF-8, as input for hashes.</summary>
/// <remarks>
/// One difference, so that nothing is lost: RFC 8785 knows numbers as IEEE doubles only. A whole number that no double holds exactly, a number of more than 17
/// significant digits and one beyond the range of a double keep their exact value here. Safe to use from any thread.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>The canonical form of a value.</summary>
    /// <param name="value">Any JSON up to 256 levels deep.</param>
    /// <returns>A new array, UTF-8.</returns>
    /// <exception cref="ArgumentException">The value is undefined, nested too deep, has a name twice in one object or holds half of a surrogate pair.</exception>
    public static byte[] Serialize(JsonElement value) => Serialize(value, nameof(value));

    internal static byte[] Serialize(JsonElement value, string parameterName)
    {
        var output = new ArrayBufferWriter<byte>(256);
        try
        {
            Write(output, value, AuditEntry.MaxDetailsDepth, parameterName);
        }
        catch (InvalidOperationException exception)
        {
            // JsonElement has no other way to say that a string cannot be decoded.
            throw BadField.Named(
                parameterName,
                $"The {parameterName} must be valid Unicode, but holds half of a surrogate pair.",
                exception
            );
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonElement value, int depthLeft, string parameterName)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value, Deeper(depthLeft, parameterName), parameterName);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value, Deeper(depthLeft, parameterName), parameterName);
                break;
            case JsonValueKind.String:
                CanonicalText.Write(output, value.GetString());
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Write(output, value.GetRawText());
                break;
            case JsonValueKind.Undefined:
                throw BadField.Named(parameterName, $"The {parameterName} must be JSON, but is undefined. For nothing, use null.");
            default:
                CanonicalText.WriteAscii(
                    output,
                    value.ValueKind switch
                    {
                        JsonValueKind.True => "true"u8,
                        JsonValueKind.False => "false"u8,
                        _ => "null"u8,
                    }
                );
                break;
        }
    }

    private static int Deeper(int depthLeft, string parameterName) =>
        depthLeft > 0
            ? depthLeft - 1
            : throw BadField.Named(
                parameterName,
                $"The {parameterName} must not be nested deeper than {AuditEntry.MaxDetailsDepth} levels."
            );

    private static void WriteArray(ArrayBufferWriter<byte> output, JsonElement array, int depthLeft, string parameterName)
    {
        var separator = "["u8;
        foreach (var item in array.EnumerateArray())
        {
            CanonicalText.WriteAscii(output, separator);
            separator = ","u8;
            Write(output, item, depthLeft, parameterName);
        }

        CanonicalText.WriteAscii(output, separator is [(byte)'['] ? "[]"u8 : "]"u8);
    }

    private static void WriteObject(ArrayBufferWriter<byte> output, JsonElement value, int depthLeft, string parameterName)
    {
        // Ordinal order is that of UTF-16 code units, which is what RFC 8785, section 3.2.3, sorts by.
        var members = value.EnumerateObject().Select(static member => (member.Name, member.Value)).ToArray();
        Array.Sort(members, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        CanonicalText.WriteAscii(output, "{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                if (string.Equals(members[i].Name, members[i - 1].Name, StringComparison.Ordinal))
                    throw BadField.Named(parameterName, $"The {parameterName} must not have a name twice in one object.");
                CanonicalText.WriteAscii(output, ","u8);
            }

            CanonicalText.Write(output, members[i].Name);
            CanonicalText.WriteAscii(output, ":"u8);
            Write(output, members[i].Value, depthLeft, parameterName);
        }

        CanonicalText.WriteAscii(output, "}"u8);
    }
}
