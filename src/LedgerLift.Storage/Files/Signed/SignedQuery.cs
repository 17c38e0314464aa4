namespace LedgerLift.Storage;

/// <summary>Reads a query strictly: every name once, nothing without a value. Pure.</summary>
internal static class SignedQuery
{
    private const int MaxLength = 16 * 1024;

    internal static Dictionary<string, string>? Parse(Uri url)
    {
        var text = url.IsAbsoluteUri ? url.Query : QueryOf(url.OriginalString);
        if (text.Length is <= 1 or > MaxLength)
            return null;
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text[1..].Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !query.TryAdd(pair[..equals], Uri.UnescapeDataString(pair[(equals + 1)..])))
                return null;
        }

        return query;
    }

    private static string QueryOf(string relative)
    {
        var mark = relative.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? "" : relative[mark..];
    }
}
