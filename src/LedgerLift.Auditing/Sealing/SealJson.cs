using System.Buffers;
using System.Buffers.Text;

namespace LedgerLift.Auditing;

/// <summary>Writes a flat canonical JSON object; the caller names the fields in alphabetic order.</summary>
internal sealed class SealJson
{
    /// <summary>The version of every sealed form; another one would get another number.</summary>
    internal const int Format = 1;

    private readonly ArrayBufferWriter<byte> _output = new(512);

    internal static T Read<T>(ReadOnlyMemory<byte> utf8, Func<AuditEntryFields, T> read)
    {
        using var document = AuditEntryJson.ParseUtf8(utf8);
        return read(AuditEntryFields.Read(document.RootElement));
    }

    internal SealJson Text(string name, string value)
    {
        Name(name);
        CanonicalText.Write(_output, value);
        return this;
    }

    internal SealJson Number(string name, long value)
    {
        Name(name);
        Utf8Formatter.TryFormat(value, _output.GetSpan(20), out var written);
        _output.Advance(written);
        return this;
    }

    internal SealJson Hash(string name, AuditHash value) => Text(name, value.ToString());

    internal SealJson Bytes(string name, ReadOnlyMemory<byte> value) => Text(name, Convert.ToBase64String(value.Span));

    internal byte[] ToArray()
    {
        CanonicalText.WriteAscii(_output, "}"u8);
        return _output.WrittenSpan.ToArray();
    }

    private void Name(string name)
    {
        CanonicalText.WriteAscii(_output, _output.WrittenCount == 0 ? "{"u8 : ","u8);
        CanonicalText.Write(_output, name);
        CanonicalText.WriteAscii(_output, ":"u8);
    }
}
