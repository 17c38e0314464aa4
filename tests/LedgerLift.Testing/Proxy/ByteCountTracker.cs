namespace LedgerLift.Testing;

/// <summary>Matches once, when so many bytes have passed.</summary>
internal sealed class ByteCountTracker(long count) : RuleTracker
{
    private long _left = count;
    private bool _matched;

    public override int? Find(ReadOnlySpan<byte> chunk)
    {
        if (_matched)
            return null;
        if (chunk.Length >= _left)
        {
            _matched = true;
            return (int)_left;
        }

        _left -= chunk.Length;
        return null;
    }
}
