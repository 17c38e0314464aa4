using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>Where the server has a token of its own: the set of its user, and the entry in it.</summary>
internal sealed class TokenName(string jti, string userId, RedisKey set, RedisValue member)
{
    internal RedisKey Set { get; } = set;

    internal RedisValue Member { get; } = member;

    internal bool IsOf(string otherJti, string otherUserId) =>
        string.Equals(jti, otherJti, StringComparison.Ordinal) && string.Equals(userId, otherUserId, StringComparison.Ordinal);
}
