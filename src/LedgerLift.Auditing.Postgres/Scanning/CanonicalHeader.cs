using System.Buffers;

namespace LedgerLift.Auditing.Postgres;

/// <summary>
/// The header of an <see cref="AuditRecord"/> from a row's columns: the canonical JSON (RFC 8785) of the entry without its details. The texts stay the UTF-8
/// that the server sent. Used by one thread at a time.
/// </summary>
internal sealed class CanonicalHeader
{
    private static readonly SearchValues<byte> ToEscape = SearchValues.Create([
        (byte)'"',
        (byte)'\\',
        .. Enumerable.Range(0, 0x20).Select(static value => (byte)value),
    ]);

    private readonly ArrayBufferWriter<byte> _output = new(1024);

    /// <summary>The bytes; valid until the next call.</summary>
    internal ReadOnlyMemory<byte> Write(CopyRows row)
    {
        _output.ResetWrittenCount();
        Text("{\"action\":"u8, row[RowColumns.Action]);
        Raw(",\"id\":\""u8);
        RowColumns.Id(row).TryFormat(_output.GetSpan(36), out var written, "D");
        _output.Advance(written);
        Raw("\""u8);
        Optional(",\"ipAddress\":"u8, row, RowColumns.IpAddress);
        Optional(",\"requestId\":"u8, row, RowColumns.RequestId);
        Optional(",\"resourceId\":"u8, row, RowColumns.ResourceId);
        Text(",\"resourceType\":"u8, row[RowColumns.ResourceType]);
        Text(",\"result\":"u8, row[RowColumns.Result]);
        Raw(",\"timestamp\":\""u8);
        _output.Advance(InstantText.Write(RowColumns.Time(row), _output.GetSpan(InstantText.Length)));
        Raw("\""u8);
        Optional(",\"traceId\":"u8, row, RowColumns.TraceId);
        Optional(",\"userAgent\":"u8, row, RowColumns.UserAgent);
        Optional(",\"userId\":"u8, row, RowColumns.UserId);
        Raw("}"u8);
        return _output.WrittenMemory;
    }

    private void Optional(ReadOnlySpan<byte> name, CopyRows row, int column)
    {
        if (!row.IsNull(column))
            Text(name, row[column]);
    }

    private void Text(ReadOnlySpan<byte> name, ReadOnlyMemory<byte> utf8)
    {
        var text = utf8.Span;
        var target = _output.GetSpan(name.Length + text.Length + 2);
        var plain = text.IndexOfAny(ToEscape);
        if (plain >= 0)
        {
            TextWithEscapes(name, text, plain);
            return;
        }

        name.CopyTo(target);
        target[name.Length] = (byte)'"';
        text.CopyTo(target[(name.Length + 1)..]);
        target[name.Length + 1 + text.Length] = (byte)'"';
        _output.Advance(name.Length + text.Length + 2);
    }

    private void TextWithEscapes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, int plain)
    {
        Raw(name);
        Raw("\""u8);
        for (; plain >= 0; plain = text.IndexOfAny(ToEscape))
        {
            Raw(text[..plain]);
            Escape(text[plain]);
            text = text[(plain + 1)..];
        }

        Raw(text);
        Raw("\""u8);
    }

    private void Escape(byte value)
    {
        ReadOnlySpan<byte> letters = "btn\vfr"u8;
        if (value is (byte)'"' or (byte)'\\')
            Raw([(byte)'\\', value]);
        else if (value is >= 8 and <= 13 and not 11)
            Raw([(byte)'\\', letters[value - 8]]);
        else
            Raw([.. "\\u00"u8, (byte)('0' + (value >> 4)), "0123456789abcdef"u8[value & 15]]);
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_output.GetSpan(bytes.Length));
        _output.Advance(bytes.Length);
    }
}
