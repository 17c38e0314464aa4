using System.Buffers;
using System.Text;

namespace LedgerLift.Auditing;

/// <summary>The rules for the texts of an entry: Unicode that every store can keep, and no longer than an index can hold.</summary>
internal static class AuditText
{
    /// <summary>The most bytes, in UTF-8, of a name: action, resource type, result, address, trace id.</summary>
    internal const int MaxNameBytes = 256;

    /// <summary>The most bytes, in UTF-8, of an id: resource, user, request.</summary>
    internal const int MaxIdBytes = 1024;

    /// <summary>The most bytes, in UTF-8, of a user agent.</summary>
    internal const int MaxAgentBytes = 8192;

    private static readonly SearchValues<char> Suspect = SearchValues.Create([
        '\0',
        .. Enumerable.Range(0xd800, 0x800).Select(static unit => (char)unit),
    ]);

    internal static string Required(string? text, int maxBytes, string name)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw BadField.Named(name, $"The {name} must not be empty.");
        return Optional(text, maxBytes, name)!;
    }

    internal static string? Optional(string? text, int maxBytes, string name)
    {
        if (text is null)
            return null;
        if (FaultOf(text, maxBytes) is { } fault)
            throw BadField.Named(name, $"The {name} {fault}");
        return text;
    }

    private static string? FaultOf(string text, int maxBytes)
    {
        if (text.AsSpan().ContainsAny(Suspect))
        {
            if (text.Contains('\0', StringComparison.Ordinal))
                return "must not contain U+0000.";
            if (!IsWellFormed(text))
                return "must be valid Unicode, but holds half of a surrogate pair.";
        }

        // A character takes three bytes at most, so that most texts need not be counted.
        if (text.Length * 3 <= maxBytes)
            return null;
        var bytes = Encoding.UTF8.GetByteCount(text);
        return bytes <= maxBytes ? null : $"must be no longer than {maxBytes} bytes in UTF-8, but has {bytes}.";
    }

    internal static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) is not OperationStatus.Done)
                return false;
            text = text[consumed..];
        }

        return true;
    }
}
