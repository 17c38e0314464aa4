using System.Text;

namespace LedgerLift.Storage.Tests;

/// <summary>What the stub does with a request.</summary>
internal sealed record StubAnswer(int Status, string Body = "", params (string Name, string Value)[] Headers)
{
    /// <summary>Nothing is answered; the connection ends gracefully.</summary>
    public static StubAnswer Hangup { get; } = new(0);

    /// <summary>Nothing is answered; the connection is reset.</summary>
    public static StubAnswer Reset { get; } = new(-1);

    /// <summary>Nothing is answered, and nothing else happens.</summary>
    public static StubAnswer Silence { get; } = new(-2);

    /// <summary>Written in two packets, as some servers do.</summary>
    public bool IsInTwo { get; init; }

    public static StubAnswer Ok { get; } = new(200, "", ("ETag", "\"etag\""));

    public static StubAnswer Error(int status, string code, params (string Name, string Value)[] headers) =>
        new(
            status,
            $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>words</Message><RequestId>request-1</RequestId></Error>",
            headers
        );

    public byte[] ToBytes(bool withBody)
    {
        var text = new StringBuilder(
            $"HTTP/1.1 {Status} Words\r\nContent-Length: {Encoding.UTF8.GetByteCount(Body)}\r\nx-amz-request-id: request-1\r\n"
        );
        foreach (var (name, value) in Headers)
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        text.Append("\r\n");
        return Encoding.UTF8.GetBytes(withBody ? text.Append(Body).ToString() : text.ToString());
    }
}
