namespace LedgerLift.Auth.Redis;

/// <summary>An operation as metrics and spans name it.</summary>
/// <param name="Name">The value of the tag <c>operation</c>.</param>
/// <param name="Span">The name of the span.</param>
internal sealed record RedisOperation(string Name, string Span)
{
    internal static readonly RedisOperation Store = new("store", "ledgerlift.auth.token.store");
    internal static readonly RedisOperation Find = new("find", "ledgerlift.auth.token.find");
    internal static readonly RedisOperation IsActive = new("is_active", "ledgerlift.auth.token.is_active");
    internal static readonly RedisOperation Revoke = new("revoke", "ledgerlift.auth.token.revoke");
    internal static readonly RedisOperation RevokeAll = new("revoke_all", "ledgerlift.auth.token.revoke_all");
    internal static readonly RedisOperation List = new("list", "ledgerlift.auth.token.list");
    internal static readonly RedisOperation Rotate = new("rotate", "ledgerlift.auth.token.rotate");
    internal static readonly RedisOperation Register = new("register", "ledgerlift.auth.replay.register");
}
