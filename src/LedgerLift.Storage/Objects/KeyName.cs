using System.Buffers;

namespace LedgerLift.Storage;

/// <summary>Makes the last segment of an upload's key from a file name that may be anything. Pure.</summary>
internal static class KeyName
{
    private const int MaxLength = 100;
    private const int MaxExtensionLength = 12;
    private const string Nameless = "file";

    private static readonly SearchValues<char> Kept = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
    );

    /// <summary>1 to 100 characters, of which the first and the last are no dot.</summary>
    internal static string From(string fileName)
    {
        var name = fileName.AsSpan(fileName.AsSpan().LastIndexOfAny('/', '\\') + 1);
        var dot = name.LastIndexOf('.');
        var hasExtension = dot > 0 && name.Length - dot - 1 is > 0 and <= MaxExtensionLength;
        var stem = Clean(hasExtension ? name[..dot] : name);
        var extension = hasExtension ? Clean(name[(dot + 1)..]) : "";
        if (stem.Length == 0)
            stem = Nameless;
        if (extension.Length == 0)
            return stem.Length <= MaxLength ? stem : stem[..MaxLength].TrimEnd('.');
        var room = MaxLength - extension.Length - 1;
        return $"{(stem.Length <= room ? stem : stem[..room])}.{extension}";
    }

    private static string Clean(ReadOnlySpan<char> text)
    {
        // Longer input only costs time: what is kept is cut to MaxLength anyway.
        text = text[..Math.Min(text.Length, MaxLength * 4)];
        Span<char> clean = stackalloc char[MaxLength * 4];
        var length = 0;
        foreach (var letter in text)
        {
            var kept = Kept.Contains(letter) ? letter : '_';
            // One replacement stands for a run, so that a name in another script does not become a row of strokes.
            if (kept != '_' || length == 0 || clean[length - 1] != '_')
                clean[length++] = kept;
        }

        return clean[..length].Trim("._").ToString();
    }
}
