using System.Text;

namespace LedgerLift.Storage;

/// <summary>The headers of one signature, in the order it wants them: names in lower case, sorted by their bytes. Not thread-safe.</summary>
internal sealed class SignedHeaders
{
    private readonly List<KeyValuePair<string, string>> _headers = new(8);

    public IReadOnlyList<KeyValuePair<string, string>> All => _headers;

    /// <summary>Adds a header at its place.</summary>
    /// <param name="name">In lower case, and not there yet.</param>
    /// <param name="value">Printable ASCII without blanks at its ends.</param>
    public SignedHeaders Add(string name, string value)
    {
        var at = _headers.Count;
        while (at > 0 && string.CompareOrdinal(_headers[at - 1].Key, name) > 0)
            at--;
        _headers.Insert(at, new(name, value));
        return this;
    }

    /// <summary><c>name:value</c> and a line end for each.</summary>
    public void WriteCanonical(ref Utf8Text text)
    {
        foreach (var (name, value) in _headers)
        {
            text.Append(name);
            text.Append((byte)':');
            AppendValue(ref text, value);
            text.Append((byte)'\n');
        }
    }

    /// <summary>The names, parted by semicolons, or by what stands for one in an URL.</summary>
    public void WriteNames(ref Utf8Text text, ReadOnlySpan<byte> separator)
    {
        for (var i = 0; i < _headers.Count; i++)
        {
            if (i > 0)
                text.Append(separator);
            text.Append(_headers[i].Key);
        }
    }

    // Signature version 4 folds blanks in a row into one.
    private static void AppendValue(ref Utf8Text text, string value)
    {
        if (!value.Contains("  ", StringComparison.Ordinal))
        {
            text.Append(value);
            return;
        }

        var folded = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (i == 0 || value[i] != ' ' || value[i - 1] != ' ')
                folded.Append(value[i]);
        }

        text.Append(folded.ToString());
    }
}
