using System.Buffers.Binary;
using System.Text;

namespace LedgerLift.Testing.Tests;

public sealed class PostgresWireTests
{
    private static readonly byte[] EncryptionRequest = [0, 0, 0, 8, 4, 210, 22, 47];

    [Fact]
    public void A_client_begins_untyped_and_goes_on_typed()
    {
        byte[] bytes =
        [
            .. EncryptionRequest,
            .. EncryptionRequest,
            .. Untyped([0, 3, 0, 0, .. "user\0me\0\0"u8]),
            .. Typed('p', "secret\0"),
            .. Typed('P', "_p1\0SELECT 1\0\0\0"),
            .. Typed('Q', "COMMIT\0"),
        ];

        Assert.Equal(["startup", "startup", "startup", "p", "P SELECT 1", "Q COMMIT"], Texts(PostgresWire.Frontend(bytes)));
    }

    [Fact]
    public void A_server_refuses_encryption_by_single_bytes_and_goes_on_typed()
    {
        byte[] bytes = [.. "NN"u8, .. Typed('R', "\0\0\0\0"), .. Typed('N', "a notice\0"), .. Typed('C', "COMMIT\0"), .. Typed('Z', "I")];

        Assert.Equal(["R", "N", "C COMMIT", "Z I"], Texts(PostgresWire.Backend(bytes)));
    }

    [Fact]
    public void A_message_without_its_end_is_left_out()
    {
        byte[] bytes = [.. Typed('C', "BEGIN\0"), .. Typed('C', "COMMIT\0")];

        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(length < 11 ? 0 : 1, PostgresWire.Backend(bytes.AsMemory(0, length)).Count);
        Assert.Equal(2, PostgresWire.Backend(bytes).Count);
    }

    [Fact]
    public void An_impossible_length_is_refused() =>
        Assert.Throws<FormatException>(() => PostgresWire.Backend(new byte[] { (byte)'C', 0, 0, 0, 3, 0 }));

    private static IEnumerable<string> Texts(IEnumerable<PostgresMessage> messages) => messages.Select(message => message.ToString());

    private static byte[] Typed(char type, string body) => [(byte)type, .. Untyped(Encoding.Latin1.GetBytes(body))];

    private static byte[] Untyped(ReadOnlySpan<byte> body)
    {
        var bytes = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        body.CopyTo(bytes.AsSpan(sizeof(int)));
        return bytes;
    }
}
