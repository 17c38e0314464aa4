using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>What a request says of itself, read but not yet believed.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SignatureClaim(DateTimeOffset timestamp, Mac signature, Mac[]? more = null)
{
    private readonly Mac _signature = signature;

    /// <summary>When the request says it was signed.</summary>
    internal DateTimeOffset Timestamp { get; } = timestamp;

    /// <summary>Whether one of the signatures is this one. Takes the same time wherever the difference lies, and whichever matches.</summary>
    internal bool Matches(ReadOnlySpan<byte> mac)
    {
        var matches = CryptographicOperations.FixedTimeEquals(_signature, mac);
        foreach (ref readonly var other in more.AsSpan())
            matches |= CryptographicOperations.FixedTimeEquals(other, mac);
        return matches;
    }
}
