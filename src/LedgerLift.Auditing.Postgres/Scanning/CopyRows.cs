using System.Buffers;
using System.Buffers.Binary;

namespace LedgerLift.Auditing.Postgres;

/// <summary>
/// The rows of a binary COPY, as PostgreSQL's manual describes the format ("COPY", "Binary Format"): each row is seen where it lies in the buffer, and
/// nothing is allocated for it. Used by one thread at a time.
/// </summary>
internal sealed class CopyRows(Stream source, int columns) : IAsyncDisposable
{
    private const int HeaderLength = 19;
    private const int FirstBuffer = 256 << 10;
    private readonly (int Start, int Length)[] _fields = new (int, int)[columns];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _start;
    private int _end;
    private bool _isBegun;

    /// <summary>Goes to the next row; what was seen of the one before is not valid any more. False after the last.</summary>
    internal async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_isBegun)
        {
            await NeedAsync(HeaderLength, cancellationToken).ConfigureAwait(false);
            var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + HeaderLength - sizeof(int)));
            await NeedAsync(HeaderLength + extension, cancellationToken).ConfigureAwait(false);
            _start += HeaderLength + extension;
            _isBegun = true;
        }

        while (true)
        {
            switch (TryParse())
            {
                case > 0:
                    return true;
                case < 0:
                    return false;
                default:
                    await NeedAsync(_end - _start + 1, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    internal bool IsNull(int column) => _fields[column].Length < 0;

    /// <summary>The bytes of a field; empty for null.</summary>
    internal ReadOnlyMemory<byte> this[int column] =>
        _fields[column] is (var start, >= 0 and var length) ? _buffer.AsMemory(start, length) : ReadOnlyMemory<byte>.Empty;

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        await source.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>1 when a whole row lies there and is taken, -1 at the end, 0 when more bytes are needed.</summary>
    private int TryParse()
    {
        var at = _start;
        if (_end - at < sizeof(short))
            return 0;
        var count = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(at));
        if (count < 0)
            return -1;
        if (count != columns)
            throw new InvalidDataException($"The server sent a row of {count} columns; {columns} were asked for.");
        at += sizeof(short);
        for (var column = 0; column < columns; column++)
        {
            if (_end - at < sizeof(int))
                return 0;
            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(at));
            at += sizeof(int);
            _fields[column] = (at, length);
            at += Math.Max(length, 0);
            if (at > _end)
                return 0;
        }

        _start = at;
        return 1;
    }

    private async ValueTask NeedAsync(int bytes, CancellationToken cancellationToken)
    {
        while (_end - _start < bytes)
        {
            MakeRoom(bytes);
            var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new InvalidDataException("The server's rows ended in the middle.");
            _end += read;
        }
    }

    private void MakeRoom(int bytes)
    {
        if (_end < _buffer.Length)
            return;
        var target = bytes > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
        (_start, _end) = (0, _end - _start);
        if (target == _buffer)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = target;
    }
}
