using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>A request whose signature was verified: what it may do.</summary>
/// <param name="Key">The object.</param>
/// <param name="ExpiresAt">Until when, in milliseconds since 1970.</param>
/// <param name="Values">What was signed: the query of a URL, or the fields of a form.</param>
/// <param name="Headers">The signed headers, by lower-case name.</param>
internal sealed record SignedRequest(
    ObjectKey Key,
    long ExpiresAt,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyDictionary<string, string> Headers
)
{
    /// <summary>The metadata among signed pairs.</summary>
    internal static Dictionary<string, string> MetadataOf(IReadOnlyDictionary<string, string> pairs) =>
        pairs
            .Where(static pair => pair.Key.StartsWith(SignedNames.MetadataPrefix, StringComparison.Ordinal))
            .ToDictionary(static pair => pair.Key[SignedNames.MetadataPrefix.Length..], static pair => pair.Value, StringComparer.Ordinal);

    internal static long? Number(IReadOnlyDictionary<string, string> pairs, string name) =>
        pairs.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
