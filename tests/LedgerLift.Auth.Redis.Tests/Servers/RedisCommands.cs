using System.Text;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Reads what a client sent.</summary>
internal static class RedisCommands
{
    /// <summary>The names of the commands, in order; what the client asks for its own sake is left out.</summary>
    public static List<string> In(ReadOnlySpan<byte> sent)
    {
        var lines = Encoding.Latin1.GetString(sent).Split("\r\n");
        return
        [
            .. Enumerable
                .Range(0, Math.Max(0, lines.Length - 2))
                .Where(i => lines[i].StartsWith('*'))
                .Select(i => lines[i + 2])
                .Where(name =>
                    name is not ("SELECT" or "PING" or "INFO" or "CLIENT" or "CONFIG" or "ECHO" or "GET" or "SUBSCRIBE" or "CLUSTER")
                ),
        ];
    }
}
