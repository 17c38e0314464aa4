using System.Buffers.Binary;
using System.Text;

namespace LedgerLift.Testing;

/// <summary>A message of protocol buffers, read field by field as the wire format says, without a schema.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, object Value)> _fields = [];

    public static ProtoMessage Parse(ReadOnlySpan<byte> bytes)
    {
        var message = new ProtoMessage();
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = Varint(bytes, ref at);
            message._fields.Add(((int)(tag >> 3), Read(bytes, (int)(tag & 7), ref at)));
        }

        return message;
    }

    public IEnumerable<ProtoMessage> Messages(int number) => Values<byte[]>(number).Select(static bytes => Parse(bytes));

    public ProtoMessage? Message(int number) => Messages(number).FirstOrDefault();

    public string Text(int number) => Values<byte[]>(number).Select(Encoding.UTF8.GetString).FirstOrDefault("");

    public string Hex(int number) => Values<byte[]>(number).Select(Convert.ToHexStringLower).FirstOrDefault("");

    public long Number(int number) => Values<ulong>(number).Select(static value => (long)value).FirstOrDefault();

    public double Double(int number) => BitConverter.Int64BitsToDouble(Number(number));

    public bool Has(int number) => _fields.Exists(field => field.Number == number);

    /// <summary>KeyValue messages of OpenTelemetry: texts and integers.</summary>
    public Dictionary<string, object> Attributes(int number) =>
        Messages(number)
            .ToDictionary(
                static pair => pair.Text(1),
                static pair => pair.Message(2) is { } value && value.Has(1) ? value.Text(1) : (object)(pair.Message(2)?.Number(3) ?? 0L)
            );

    /// <summary>The name that the resource of an export gives its program.</summary>
    public static string ServiceOf(ProtoMessage export) =>
        export.Message(1)?.Attributes(1).GetValueOrDefault("service.name") as string ?? "";

    private IEnumerable<T> Values<T>(int number) =>
        _fields.Where(field => field.Number == number).Select(static field => field.Value).OfType<T>();

    private static object Read(ReadOnlySpan<byte> bytes, int wireType, ref int at)
    {
        switch (wireType)
        {
            case 0:
                return Varint(bytes, ref at);
            case 1:
                at += 8;
                return BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at - 8)..]);
            case 2:
                var length = (int)Varint(bytes, ref at);
                at += length;
                return bytes.Slice(at - length, length).ToArray();
            case 5:
                at += 4;
                return (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at - 4)..]);
            default:
                throw new InvalidDataException($"Wire type {wireType} at {at}.");
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        var shift = 0;
        byte part;
        do
        {
            part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
        } while (part >= 0x80);

        return value;
    }
}
