namespace LedgerLift.Storage;

/// <summary>
/// Letters that stand for ASCII ones in a path: full-width forms, small forms, dot leaders, and slashes of other trades. Normalisation knows most of them, but not the
/// slashes, and none where the runtime is told to do without cultures.
/// </summary>
internal static class LookAlikes
{
    private const int FullWidthOffset = 0xFEE0;

    internal static string Replace(string text) =>
        text.AsSpan().IndexOfAnyInRange('\u00B2', '\uFFFF') < 0
            ? text
            : string.Concat(text.Select(static letter => Of(letter) ?? letter.ToString()));

    private static string? Of(char letter) =>
        letter switch
        {
            '\u2044' or '\u2215' or '\u29F8' => "/",
            '\u2216' or '\u29F5' or '\u29F9' or '\uFE68' => "\\",
            '\u2024' or '\uFE52' => ".",
            '\u2025' => "..",
            '\u2026' => "...",
            '\u00B9' => "1",
            '\u00B2' => "2",
            '\u00B3' => "3",
            >= '\uFF01' and <= '\uFF5E' => ((char)(letter - FullWidthOffset)).ToString(),
            '\u3000' => " ",
            _ => null,
        };
}
