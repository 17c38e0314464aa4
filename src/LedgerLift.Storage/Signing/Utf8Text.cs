using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace LedgerLift.Storage;

/// <summary>Puts UTF-8 text together on the stack, and in a rented array when it grows beyond. Dispose gives the array back.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct Utf8Text(Span<byte> start)
{
    private static readonly SearchValues<char> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    );

    private static readonly SearchValues<char> UnreservedOrSlash = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/"
    );

    private Span<byte> _buffer = start;
    private byte[]? _rented;
    private int _length;

    /// <summary>What was written so far; valid until the next write.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    public void Append(byte letter)
    {
        Room(1)[0] = letter;
        _length++;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        _ = Utf8.FromUtf16(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)), out _, out var written);
        _length += written;
    }

    public void Append(long number)
    {
        _ = Utf8Formatter.TryFormat(number, Room(20), out var written);
        _length += written;
    }

    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        _ = Convert.TryToHexStringLower(bytes, Room(bytes.Length * 2), out var written);
        _length += written;
    }

    /// <summary>The text as in an URL: everything but unreserved characters (RFC 3986, section 2.3) as a percent sign and upper-case hex.</summary>
    public void AppendEncoded(ReadOnlySpan<char> text, bool keepSlash)
    {
        var kept = keepSlash ? UnreservedOrSlash : Unreserved;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(kept);
            Append(plain < 0 ? text : text[..plain]);
            if (plain < 0)
                return;
            text = text[plain..];
            _ = Rune.DecodeFromUtf16(text, out var rune, out var used);
            AppendEncoded(rune);
            text = text[used..];
        }
    }

    public override readonly string ToString() => Encoding.UTF8.GetString(Written);

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        this = default;
    }

    private void AppendEncoded(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = rune.EncodeToUtf8(bytes);
        foreach (var value in bytes[..count])
        {
            Append((byte)'%');
            Append(HexDigit(value >> 4));
            Append(HexDigit(value & 15));
        }
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _length < length)
            Grow(length);
        return _buffer[_length..];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + length, _buffer.Length * 2));
        Written.CopyTo(larger);
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _buffer = _rented = larger;
    }
}
