using System.Collections;
using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>What is shown of bytes: how many there are, when that is known without reading them.</summary>
internal static class BytesText
{
    /// <summary>Such as <c>[bytes:16]</c>.</summary>
    public static string Of(object value)
    {
        int? count = value switch
        {
            ICollection collection => collection.Count,
            ReadOnlyMemory<byte> memory => memory.Length,
            Memory<byte> memory => memory.Length,
            _ => null,
        };
        return count is { } known ? string.Create(CultureInfo.InvariantCulture, $"[bytes:{known}]") : "[bytes]";
    }
}
