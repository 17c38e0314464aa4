using System.Buffers;
using System.Buffers.Text;

namespace LedgerLift.Logging;

/// <summary>JSON Web Tokens: base64url parts divided by dots, the first of which is a JSON object that names an algorithm.</summary>
internal static class JwtDetector
{
    /// <summary>How the base64url form of <c>{"</c> begins.</summary>
    public const string Opening = "eyJ";

    private const int MaxHeader = 4096;

    /// <summary>Adds every token.</summary>
    public static void Find(ReadOnlySpan<char> text, ref MatchList matches)
    {
        var from = 0;
        while (text[from..].IndexOf(Opening, StringComparison.Ordinal) is >= 0 and var found)
        {
            var start = from + found;
            var headerEnd = PartEnd(text, start);
            var end = headerEnd;
            while (end + 1 < text.Length && text[end] == '.' && PartEnd(text, end + 1) is var next && next > end + 1)
                end = next;

            // An unsigned token ends in a dot.
            if (end > headerEnd && end < text.Length && text[end] == '.')
                end++;

            if (end > headerEnd && IsHeader(text[start..headerEnd]))
                matches.Add(start, end, RedactionKind.Jwt);

            from = Math.Max(end, start + Opening.Length);
        }
    }

    private static int PartEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '='))
            end++;

        return end;
    }

    private static bool IsHeader(ReadOnlySpan<char> part)
    {
        if (part.Length > MaxHeader)
            return true;

        part = part.TrimEnd('=');
        Span<byte> decoded = stackalloc byte[Base64Url.GetMaxDecodedLength(part.Length)];
        return Base64Url.DecodeFromChars(part, decoded, out _, out var length) is OperationStatus.Done && NamesAlgorithm(decoded[..length]);
    }

    private static bool NamesAlgorithm(ReadOnlySpan<byte> json) => json.IndexOf("\"alg\""u8) >= 0 || json.IndexOf("\"typ\""u8) >= 0;
}
