using System.Buffers;

namespace LedgerLift.Storage;

/// <summary>
/// Memory for parts. Keeps as many buffers as one upload uses; what several uploads at once take beyond is left to the garbage collector. The runtime's shared pool
/// would put large buffers aside for each thread, of which an upload meets many. Thread-safe.
/// </summary>
internal sealed class PartBufferPool(StorageOptions options)
{
    private const int Small = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Stack<byte[]> _idle = new();
    private readonly int _standard = checked((int)options.PartSizeBytes);
    private readonly int _most = options.Concurrency + 1;

    /// <summary>A buffer of at least so many bytes, with anything in it.</summary>
    internal byte[] Rent(int size)
    {
        if (size <= Small)
            return ArrayPool<byte>.Shared.Rent(size);
        if (size <= _standard)
        {
            lock (_lock)
            {
                if (_idle.TryPop(out var array))
                    return array;
            }
        }

        return GC.AllocateUninitializedArray<byte>(Math.Max(size, _standard));
    }

    internal void Return(byte[] array)
    {
        if (array.Length < _standard)
        {
            ArrayPool<byte>.Shared.Return(array);
            return;
        }

        lock (_lock)
        {
            if (array.Length == _standard && _idle.Count < _most)
                _idle.Push(array);
        }
    }
}
