namespace LedgerLift.Logging;

/// <summary>A key name as lower-case words, in memory of the caller. The words lie behind each other with one space between.</summary>
/// <param name="text">The words, each with a space behind.</param>
/// <param name="ends">Where each word ends.</param>
internal readonly ref struct KeyName(ReadOnlySpan<char> text, ReadOnlySpan<ushort> ends)
{
    /// <summary>Longer names are nobody's: they are sensitive without a look.</summary>
    public const int MaxLength = 256;

    /// <summary>How many characters the words of the longest name can need: a space behind each.</summary>
    public const int BufferLength = MaxLength * 2;

    /// <summary>Words beyond these are not looked at.</summary>
    public const int MaxWords = 48;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly ReadOnlySpan<ushort> _ends = ends;

    /// <summary>How many words.</summary>
    public int Count => _ends.Length;

    /// <summary>All words with one space between.</summary>
    public ReadOnlySpan<char> Text => _text.TrimEnd(' ');

    /// <summary>The word at a place.</summary>
    public ReadOnlySpan<char> this[int index] => _text[Start(index).._ends[index]];

    /// <summary>The word at a place and the next, with one space between.</summary>
    public ReadOnlySpan<char> Pair(int index) => _text[Start(index).._ends[index + 1]];

    /// <summary>Whether the word at a place has this role.</summary>
    public bool Has(int index, WordRoles role) => KeyWords.TryGet(this[index], out var roles) && roles.Has(role);

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1] + 1;
}
