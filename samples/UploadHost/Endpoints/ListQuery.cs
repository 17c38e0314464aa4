using System.Globalization;
using DocumentPipeline;

namespace UploadHost;

/// <summary>The limit of a list.</summary>
internal static class ListQuery
{
    private const int Standard = 50;
    private const int Most = 200;

    /// <exception cref="RefusedException"><c>validation_failed</c>.</exception>
    public static int Limit(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Standard;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Most
            ? limit
            : throw RefusedException.Invalid("limit", "limit_invalid", $"Give a limit from 1 to {Most}.");
    }

    /// <summary>The ordinal behind which a page of artifacts starts.</summary>
    /// <exception cref="RefusedException"><c>validation_failed</c>.</exception>
    public static int After(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return -1;
        return int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after
            : throw RefusedException.Invalid("cursor", "cursor_unknown", "Give the nextCursor of the page before, unchanged.");
    }
}
