namespace LedgerLift.Storage;

/// <summary>A rented piece of the source. Dispose gives the memory back; the bytes must not be used afterwards.</summary>
internal sealed class PartBuffer(PartBufferPool pool, int size) : IDisposable
{
    private byte[]? _array = pool.Rent(size);

    /// <summary>What was read.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Whether the source had enough to fill it.</summary>
    internal bool IsFull => Bytes.Length == size;

    /// <summary>Reads until it is full or the source ends.</summary>
    internal async ValueTask FillAsync(Stream source, CancellationToken cancellationToken)
    {
        var array = _array!;
        var length = await source
            .ReadAtLeastAsync(array.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        Bytes = array.AsMemory(0, length);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, value: null) is { } array)
            pool.Return(array);
    }
}
