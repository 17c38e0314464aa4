using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>The 32 bytes of an HMAC-SHA256, without an allocation.</summary>
[InlineArray(Length)]
internal struct Mac
{
    internal const int Length = SHA256.HashSizeInBytes;

    [SuppressMessage(
        "Major Code Smell",
        "S1144:Unused private types or members should be removed",
        Justification = "The element of the inline array."
    )]
    private byte _first;
}
