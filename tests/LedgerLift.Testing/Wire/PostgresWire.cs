using System.Buffers.Binary;

namespace LedgerLift.Testing;

/// <summary>Reads the messages in captured bytes of a PostgreSQL connection, from its beginning on, without TLS. Pure.</summary>
public static class PostgresWire
{
    // A version 3 startup ends the untyped messages; requests for encryption, which the server answers by one byte, may come before.
    private const int FirstVersion3 = 3 << 16;
    private const int FirstVersion4 = 4 << 16;

    /// <summary>What a client sent. Only whole messages; a message of which the end is missing is left out.</summary>
    /// <exception cref="FormatException">A length is impossible: these are not the bytes of such a connection.</exception>
    public static IReadOnlyList<PostgresMessage> Frontend(ReadOnlyMemory<byte> bytes)
    {
        var messages = new List<PostgresMessage>();
        var started = false;
        while (Next(ref bytes, typed: started) is { } message)
        {
            messages.Add(message);
            started |=
                BinaryPrimitives.TryReadInt32BigEndian(message.Body.Span, out var code) && code is >= FirstVersion3 and < FirstVersion4;
        }

        return messages;
    }

    /// <summary>What a server sent. Only whole messages; a message of which the end is missing is left out.</summary>
    /// <exception cref="FormatException">A length is impossible: these are not the bytes of such a connection.</exception>
    public static IReadOnlyList<PostgresMessage> Backend(ReadOnlyMemory<byte> bytes)
    {
        // Before anything else a server answers each request for encryption by one byte, N for "no"; a notice never comes first.
        while (bytes.Span is [(byte)'N', ..])
            bytes = bytes[1..];
        var messages = new List<PostgresMessage>();
        while (Next(ref bytes, typed: true) is { } message)
            messages.Add(message);
        return messages;
    }

    private static PostgresMessage? Next(ref ReadOnlyMemory<byte> bytes, bool typed)
    {
        var prefix = typed ? 1 : 0;
        if (bytes.Length < prefix + sizeof(int))
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.Span[prefix..]);
        if (length < sizeof(int))
            throw new FormatException($"A message cannot be {length} bytes long.");
        if (bytes.Length - prefix < length)
            return null;
        var message = new PostgresMessage(typed ? (char)bytes.Span[0] : '\0', bytes[(prefix + sizeof(int))..(prefix + length)]);
        bytes = bytes[(prefix + length)..];
        return message;
    }
}
