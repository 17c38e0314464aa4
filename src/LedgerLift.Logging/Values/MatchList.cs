using System.Buffers;

namespace LedgerLift.Logging;

/// <summary>The matches of one text: in memory of the caller first, rented when there are many. Dispose returns it.</summary>
internal ref struct MatchList
{
    private Span<TextMatch> _items;
    private TextMatch[]? _rented;

    public MatchList(Span<TextMatch> initial) => _items = initial;

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>What was added.</summary>
    public readonly ReadOnlySpan<TextMatch> Items => _items[..Count];

    /// <summary>Adds a part; an empty one is left out.</summary>
    public void Add(int start, int end, RedactionKind kind)
    {
        if (end <= start)
            return;

        if (Count == _items.Length)
            Grow();

        _items[Count++] = new TextMatch(start, end, kind);
    }

    /// <summary>Puts them in order and makes one of those that overlap. A part inside a bigger one disappears in it.</summary>
    public void Settle()
    {
        if (Count < 2)
            return;

        var items = _items[..Count];
        items.Sort(static (one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.End.CompareTo(one.End));
        var last = 0;
        for (var i = 1; i < items.Length; i++)
        {
            if (items[i].Start >= items[last].End)
                items[++last] = items[i];
            else if (items[i].End > items[last].End)
                items[last] = items[last] with { End = items[i].End };
        }

        Count = last + 1;
    }

    /// <summary>Returns what was rented.</summary>
    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<TextMatch>.Shared.Return(_rented);

        _rented = null;
    }

    private void Grow()
    {
        var bigger = ArrayPool<TextMatch>.Shared.Rent(_items.Length * 2);
        _items.CopyTo(bigger);
        Dispose();
        _items = _rented = bigger;
    }
}
