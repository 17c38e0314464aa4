using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>Writes a text again without what <see cref="TextScanner"/> finds in it. Immutable and thread-safe.</summary>
internal sealed class TextRedactor
{
    private const int InitialMatches = 16;
    private const int InitialCharacters = 256;
    private const int MaxPasses = 5;

    private readonly KeyMatcher _keys;
    private readonly MaskWriter _masks;
    private readonly bool _detects;
    private readonly int _maxLength;

    public TextRedactor(KeyMatcher keys, MaskWriter masks, PiiRedactionOptions options)
    {
        _keys = keys;
        _masks = masks;
        _detects = options.DetectValues;
        _maxLength = options.MaxScanLength;
        Json = new JsonRedactor(keys, masks, this, options);
    }

    /// <summary>The redactor of JSON that works by the same rules.</summary>
    public JsonRedactor Json { get; }

    /// <summary>Whether the text is too long, or could hold something: a quick look.</summary>
    public bool NeedsLook(ReadOnlySpan<char> text) => _detects && (text.Length > _maxLength || TextScanner.NeedsLook(text));

    /// <summary>The same text when nothing was found; otherwise a new one, cut when the text is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="depth">How many objects and lists stand around it.</param>
    public string Redact(string text, int depth = 0)
    {
        if (!NeedsLook(text))
            return text;

        if (text.Length <= _maxLength)
            return JsonText.IsLikely(text) && Json.TryRedact(text, depth, out var json) ? json : Scan(text) ?? text;

        var kept = text[..TextCut.KeptLength(text, _maxLength)];
        var rest = (text.Length - kept.Length).ToString(CultureInfo.InvariantCulture);
        return $"{Scan(kept) ?? kept}…[TRUNCATED:{rest}]";
    }

    /// <summary>Whether something is found in a text of any length.</summary>
    public bool Finds(ReadOnlySpan<char> text)
    {
        if (!_detects || !TextScanner.NeedsLook(text))
            return false;

        var matches = new MatchList(stackalloc TextMatch[InitialMatches]);
        try
        {
            Find(text, ref matches);
            return matches.Count > 0;
        }
        finally
        {
            matches.Dispose();
        }
    }

    /// <summary>Whether a text may be shown as it is.</summary>
    public bool IsClean(string text)
    {
        if (!NeedsLook(text))
            return true;

        return text.Length <= _maxLength && (JsonText.IsLikely(text) ? ReferenceEquals(Redact(text), text) : !Finds(text));
    }

    /// <summary>Adds what is found in a text; nothing when values are not searched.</summary>
    public void Find(ReadOnlySpan<char> text, ref MatchList matches)
    {
        if (_detects)
            TextScanner.Find(text, _keys, _masks.Beginning, ref matches);
    }

    /// <summary>Writes a text without its matches.</summary>
    public string Rewrite(ReadOnlySpan<char> text, ReadOnlySpan<TextMatch> matches)
    {
        var result = new TextBuffer(stackalloc char[InitialCharacters]);
        try
        {
            var from = 0;
            foreach (var match in matches)
            {
                result.Append(text[from..match.Start]);
                result.Append(_masks.Write(match.Kind, text[match.Start..match.End]));
                from = match.End;
            }

            result.Append(text[from..]);
            return result.Text.ToString();
        }
        finally
        {
            result.Dispose();
        }
    }

    // What stood beside a hidden value may look different without it: the result is searched again until nothing is found.
    private string? Scan(ReadOnlySpan<char> text)
    {
        string? result = null;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            if (ScanOnce(text) is not { } redacted)
                break;

            text = result = redacted;
        }

        return result;
    }

    private string? ScanOnce(ReadOnlySpan<char> text)
    {
        var matches = new MatchList(stackalloc TextMatch[InitialMatches]);
        try
        {
            Find(text, ref matches);
            return matches.Count == 0 ? null : Rewrite(text, matches.Items);
        }
        finally
        {
            matches.Dispose();
        }
    }
}
