using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace LedgerLift.Storage;

/// <summary>A rented piece of the source. Disposal waits until it is hashed and gives the memory back; the bytes must not be used afterwards.</summary>
internal sealed class PartBuffer(PartBufferPool pool, int size) : IAsyncDisposable
{
    // What costs less to hash than to hand to another thread.
    private const int Small = 64 * 1024;

    private byte[]? _array = pool.Rent(size);

    /// <summary>What was read.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Whether the source had enough to fill it.</summary>
    internal bool IsFull => Bytes.Length == size;

    /// <summary>Ends when these bytes are part of the whole object's hash.</summary>
    internal Task Hashed { get; private set; } = Task.CompletedTask;

    /// <summary>Reads until it is full or the source ends.</summary>
    internal async ValueTask FillAsync(Stream source, CancellationToken cancellationToken)
    {
        var array = _array!;
        var length = await source
            .ReadAtLeastAsync(array.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        Bytes = array.AsMemory(0, length);
    }

    /// <summary>Begins to add these bytes to a hash, which must be idle.</summary>
    internal void HashInto(IncrementalHash hash)
    {
        if (Bytes.Length <= Small)
            hash.AppendData(Bytes.Span);
        else
            Hashed = Task.Run(() => hash.AppendData(Bytes.Span), CancellationToken.None);
    }

    [SuppressMessage("Usage", "VSTHRD003", Justification = "The task was begun by this buffer and needs nobody's thread.")]
    public async ValueTask DisposeAsync()
    {
        await Hashed.ConfigureAwait(false);
        if (Interlocked.Exchange(ref _array, value: null) is { } array)
            pool.Return(array);
    }
}
