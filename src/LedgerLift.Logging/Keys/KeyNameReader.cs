namespace LedgerLift.Logging;

/// <summary>Takes a key name apart into words.</summary>
/// <remarks>
/// Words end at punctuation, where a small letter meets a capital, where an acronym meets a word and where a digit meets a capital. What remains
/// joined is taken apart by the words that <see cref="KeyWords"/> knows.
/// </remarks>
internal ref struct KeyNameReader
{
    private readonly Span<char> _text;
    private readonly Span<ushort> _ends;
    private int _length;
    private int _count;

    private KeyNameReader(Span<char> text, Span<ushort> ends)
    {
        _text = text;
        _ends = ends;
    }

    /// <summary>Reads a name.</summary>
    /// <param name="key">The name, at most <see cref="KeyName.MaxLength"/> characters.</param>
    /// <param name="text"><see cref="KeyName.BufferLength"/> characters to keep the words in.</param>
    /// <param name="ends"><see cref="KeyName.MaxWords"/> numbers to keep their ends in.</param>
    public static KeyName Read(scoped ReadOnlySpan<char> key, Span<char> text, Span<ushort> ends)
    {
        var reader = new KeyNameReader(text, ends);
        reader.Split(key);
        return new KeyName(text[..reader._length], ends[..reader._count]);
    }

    private void Split(scoped ReadOnlySpan<char> key)
    {
        Span<char> word = stackalloc char[key.Length];
        var length = 0;
        for (var i = 0; i < key.Length; i++)
        {
            var isPart = char.IsLetterOrDigit(key[i]);
            if (length > 0 && (!isPart || IsBoundary(key, i)))
            {
                Add(word[..length]);
                length = 0;
            }

            if (isPart)
                word[length++] = char.ToLowerInvariant(key[i]);
        }

        Add(word[..length]);
    }

    private static bool IsBoundary(ReadOnlySpan<char> key, int i) =>
        char.IsUpper(key[i])
        && (
            char.IsLower(key[i - 1])
            || char.IsDigit(key[i - 1])
            || (char.IsUpper(key[i - 1]) && i + 1 < key.Length && char.IsLower(key[i + 1]))
        );

    private void Add(scoped ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || KeyWords.TryGet(word, out _))
        {
            Append(word);
            return;
        }

        // password2, address1: the number says which one.
        var bare = word.TrimEnd("0123456789");
        if (bare.Length < word.Length && KeyWords.TryGet(bare, out _))
        {
            Append(bare);
            return;
        }

        Span<byte> lengths = stackalloc byte[JoinedWords.MaxLength];
        var parts = JoinedWords.TakeApart(bare, lengths);
        if (parts == 0)
        {
            Append(word);
            return;
        }

        foreach (var length in lengths[..parts])
        {
            Append(bare[..length]);
            bare = bare[length..];
        }
    }

    private void Append(scoped ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || _count == _ends.Length)
            return;

        word.CopyTo(_text[_length..]);
        _length += word.Length;
        _ends[_count++] = (ushort)_length;
        _text[_length++] = ' ';
    }
}
