using System.Buffers;

namespace LedgerLift.Logging;

/// <summary>Collects characters: in memory of the caller first, rented when there are many. Dispose returns it.</summary>
internal ref struct TextBuffer
{
    private Span<char> _characters;
    private char[]? _rented;

    public TextBuffer(Span<char> initial) => _characters = initial;

    /// <summary>How many characters.</summary>
    public int Length { get; private set; }

    /// <summary>What was collected.</summary>
    public readonly ReadOnlySpan<char> Text => _characters[..Length];

    /// <summary>Adds characters.</summary>
    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (Length + text.Length > _characters.Length)
            Grow(text.Length);

        text.CopyTo(_characters[Length..]);
        Length += text.Length;
    }

    /// <summary>Adds a character some times.</summary>
    public void Append(char character, int count = 1)
    {
        if (count <= 0)
            return;

        if (Length + count > _characters.Length)
            Grow(count);

        _characters.Slice(Length, count).Fill(character);
        Length += count;
    }

    /// <summary>Returns what was rented. It may hold secrets and is cleared.</summary>
    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented, clearArray: true);

        _rented = null;
    }

    private void Grow(int by)
    {
        var bigger = ArrayPool<char>.Shared.Rent(Math.Max(_characters.Length * 2, Length + by));
        Text.CopyTo(bigger);
        Dispose();
        _characters = _rented = bigger;
    }
}
