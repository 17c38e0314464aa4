namespace LedgerLift.Testing;

/// <summary>Counts bytes and keeps the first of them. Not thread-safe.</summary>
internal sealed class ByteLog(int limit)
{
    private byte[] _kept = [];
    private int _length;

    public long Count { get; private set; }

    public bool IsWhole => Count == _length;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        var keep = bytes[..Math.Min(bytes.Length, limit - _length)];
        if (_kept.Length < _length + keep.Length)
            Array.Resize(ref _kept, Math.Min(limit, Math.Max(2 * _kept.Length, _length + keep.Length)));
        keep.CopyTo(_kept.AsSpan(_length));
        _length += keep.Length;
    }

    public byte[] ToArray() => _kept[.._length];
}
