namespace LedgerLift.Auth.Redis;

/// <summary>The names under which the server is asked for tokens, of those asked for lately: a token is checked with every request of its user, and to hash it costs as much as to send the question.</summary>
/// <remarks>Safe to use from any thread. Each jti has one place, which it shares with others; the last one has it. About 400 bytes a place in use.</remarks>
internal sealed class TokenNames(RedisTokenKeys keys)
{
    // A power of two.
    private const int Places = 1024;

    private readonly TokenName?[] _recent = new TokenName?[Places];

    internal TokenName Of(string jti, string userId)
    {
        // The hash is randomised for each process: nobody can choose tokens that displace one another.
        ref var place = ref _recent[jti.GetHashCode(StringComparison.Ordinal) & (Places - 1)];
        if (Volatile.Read(ref place) is { } known && known.IsOf(jti, userId))
            return known;
        var name = new TokenName(jti, userId, keys.User(userId), TokenMember.Token(TokenHash.Of(jti)));
        Volatile.Write(ref place, name);
        return name;
    }
}
