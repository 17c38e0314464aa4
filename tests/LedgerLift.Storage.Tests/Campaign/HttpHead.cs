using System.Globalization;

namespace LedgerLift.Storage.Tests;

/// <summary>The first lines of a request or an answer, as much as a gateway must know of them.</summary>
internal sealed class HttpHead(string text)
{
    private readonly string[] _lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    public string Start => _lines[0];

    public bool IsHead => Start.StartsWith("HEAD ", StringComparison.Ordinal);

    public int Status => int.Parse(Start.AsSpan(9, 3), CultureInfo.InvariantCulture);

    public bool IsChunked => Header("Transfer-Encoding") is { } value && value.Contains("chunked", StringComparison.OrdinalIgnoreCase);

    public bool ExpectsContinue => Header("Expect") is not null;

    public bool Closes => string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);

    public long Length => Header("Content-Length") is { } value ? long.Parse(value, CultureInfo.InvariantCulture) : 0;

    /// <summary>The head as it goes on; the gateway itself has answered an expectation.</summary>
    public string Forwarded =>
        string.Join("\r\n", _lines.Where(static line => !line.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase))) + "\r\n\r\n";

    private string? Header(string name) =>
        _lines.Skip(1).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
