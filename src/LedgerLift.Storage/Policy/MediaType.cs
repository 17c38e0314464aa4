using System.Buffers;

namespace LedgerLift.Storage;

/// <summary>Reads the essence of a media type (RFC 9110 section 8.3.1). Pure.</summary>
internal static class MediaType
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>Type and subtype in lower case, without parameters; null when the text is no media type.</summary>
    internal static string? Parse(string? text)
    {
        if (text is null || !ObjectMetadata.IsHeaderValue(text))
            return null;
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        var essence = (semicolon < 0 ? text : text.AsSpan(0, semicolon)).TrimEnd(' ');
        var slash = essence.IndexOf('/');
        if (slash <= 0 || slash == essence.Length - 1)
            return null;
        if (essence[..slash].ContainsAnyExcept(TokenCharacters) || essence[(slash + 1)..].ContainsAnyExcept(TokenCharacters))
            return null;
#pragma warning disable CA1308 // Media types are written in lower case.
        return essence.ToString().ToLowerInvariant();
#pragma warning restore CA1308
    }
}
