using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>An entry of a user's sorted set: a token of its own, or a family, of which one token is live.</summary>
internal static class TokenMember
{
    private const byte TokenKind = (byte)'t';
    private const byte FamilyKind = (byte)'f';
    private const int Length = TokenHash.Length + 1;

    internal static RedisValue Token(in TokenHash jti) => Make(TokenKind, jti);

    internal static RedisValue Family(in TokenHash family) => Make(FamilyKind, family);

    /// <summary>Reads an entry; false when something else wrote it.</summary>
    internal static bool TryRead(RedisValue member, out bool isFamily, out TokenHash hash)
    {
        byte[]? bytes = member;
        hash = default;
        isFamily = bytes is [FamilyKind, ..];
        if (bytes is not { Length: Length } || bytes[0] is not (TokenKind or FamilyKind))
            return false;
        hash = TokenHash.Read(bytes.AsSpan(1));
        return true;
    }

    private static RedisValue Make(byte kind, in TokenHash hash)
    {
        var bytes = new byte[Length];
        bytes[0] = kind;
        hash.WriteTo(bytes.AsSpan(1));
        return bytes;
    }
}
