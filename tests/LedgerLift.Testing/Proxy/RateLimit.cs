namespace LedgerLift.Testing;

/// <summary>Spreads bytes over time, in pieces of a fiftieth of a second. Not thread-safe.</summary>
internal sealed class RateLimit(TimeProvider time)
{
    private TimeSpan _freeAt;

    /// <summary>Waits until the next piece may go and gives it; everything at once without a limit.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(ReadOnlyMemory<byte> bytes, long? bytesPerSecond, CancellationToken stopped)
    {
        if (bytesPerSecond is not { } rate)
            return bytes;
        var wait = _freeAt - Now();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, stopped);
        var piece = bytes[..(int)Math.Min(bytes.Length, Math.Max(1, rate / 50))];
        _freeAt = (_freeAt > Now() - TimeSpan.FromMilliseconds(50) ? _freeAt : Now()) + TimeSpan.FromSeconds((double)piece.Length / rate);
        return piece;
    }

    private TimeSpan Now() => time.GetElapsedTime(0);
}
