using System.Net.Sockets;
using System.Text;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Talks to one node as it is told: without following redirections, and without connecting again.</summary>
internal sealed class RedisWire : IDisposable
{
    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private readonly NetworkStream _stream;

    public RedisWire(string address)
    {
        var colon = address.LastIndexOf(':');
        (Host, Port) = (address[..colon], int.Parse(address.AsSpan(colon + 1), provider: null));
        _client = new TcpClient(Host, Port);
        _stream = _client.GetStream();
        _stream.ReadTimeout = 10_000;
        _reader = new StreamReader(_stream, Encoding.ASCII);
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>Ends the connections of all other clients.</summary>
    public void EndOthers() => Ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

    /// <summary>Sends words and reads the answer: its text, or one line for each element.</summary>
    public string Ask(params string[] words)
    {
        var command = new StringBuilder().Append('*').Append(words.Length).Append("\r\n");
        foreach (var word in words)
            command.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n").Append(word).Append("\r\n");
        _stream.Write(Encoding.UTF8.GetBytes(command.ToString()));
        return Read();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _client.Dispose();
    }

    private string Read()
    {
        var line = _reader.ReadLine() ?? throw new IOException("The node ended the connection.");
        return line[0] switch
        {
            '-' => throw new InvalidOperationException(line),
            '$' when line is "$-1" => "",
            '$' => ReadText(int.Parse(line.AsSpan(1), provider: null)),
            '*' => string.Join('\n', Enumerable.Range(0, int.Parse(line.AsSpan(1), provider: null)).Select(_ => Read())),
            _ => line[1..],
        };
    }

    private string ReadText(int length)
    {
        var text = new char[length + 2];
        _reader.ReadBlock(text, 0, text.Length);
        return new string(text, 0, length);
    }
}
