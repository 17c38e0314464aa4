namespace LedgerLift.Testing;

/// <summary>Matches where a byte pattern passes, however it is split over chunks. Matches do not overlap.</summary>
/// <param name="pattern">At least one byte.</param>
/// <param name="matchBefore">True: the position is that of the pattern's first byte (or the chunk's, when it began earlier), else behind its last.</param>
internal sealed class PatternTracker(byte[] pattern, bool matchBefore) : RuleTracker
{
    // The bytes before the chunk that may be the beginning of a match: always fewer than the pattern has.
    private readonly byte[] _carry = new byte[pattern.Length - 1];
    private int _carried;
    private int _searchedTo;

    public override void NextChunk() => _searchedTo = 0;

    public override int? Find(ReadOnlySpan<byte> chunk)
    {
        var end = FindEnd(chunk);
        if (end < 0)
        {
            CarryOver(chunk[_searchedTo..]);
            _searchedTo = chunk.Length;
            return null;
        }

        _searchedTo = end;
        _carried = 0;
        return matchBefore ? Math.Max(0, end - pattern.Length) : end;
    }

    private int FindEnd(ReadOnlySpan<byte> chunk)
    {
        if (_carried > 0)
        {
            // A match over the seam ends before any match inside the chunk does.
            var ahead = chunk[_searchedTo..][..Math.Min(chunk.Length - _searchedTo, pattern.Length - 1)];
            byte[] seam = [.. _carry.AsSpan(0, _carried), .. ahead];
            var atSeam = seam.AsSpan().IndexOf(pattern);
            if (atSeam >= 0)
                return _searchedTo + atSeam + pattern.Length - _carried;
        }

        var inside = chunk[_searchedTo..].IndexOf(pattern);
        return inside < 0 ? -1 : _searchedTo + inside + pattern.Length;
    }

    private void CarryOver(ReadOnlySpan<byte> passed)
    {
        if (passed.Length < _carry.Length)
        {
            var kept = Math.Min(_carried, _carry.Length - passed.Length);
            _carry.AsSpan(_carried - kept, kept).CopyTo(_carry);
            passed.CopyTo(_carry.AsSpan(kept));
            _carried = kept + passed.Length;
            return;
        }

        passed[^_carry.Length..].CopyTo(_carry);
        _carried = _carry.Length;
    }
}
