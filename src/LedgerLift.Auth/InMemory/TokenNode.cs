namespace LedgerLift.Auth;

/// <summary>One entry of the <see cref="TokenTable{TSchedule}"/>.</summary>
/// <remarks>
/// Written under the table's lock only, read without it. Each change carries the number of the write that made it and counts for a reader once the
/// table has published that number; 0 means that it never happened. See <see cref="TokenTable{TSchedule}"/> for the rule.
/// </remarks>
internal sealed class TokenNode(StoredToken token, UserTokens user, TokenFamily? family, long addedAt) : IExpiring<TokenNode>
{
    private StoredToken? _revokedToken;
    private long _removedAt;
    private long _revokedAt;
    private Link<TokenNode> _wheel;
    internal Link<TokenNode> OrderLink;
    internal Link<TokenNode> UserLink;

    internal StoredToken Token { get; } = token;

    /// <summary>The same token marked revoked. Two threads may both make it; either copy is as good.</summary>
    internal StoredToken RevokedToken => _revokedToken ??= Token.AsRevoked();

    internal UserTokens User { get; } = user;

    internal TokenFamily? Family { get; } = family;

    public long DueAt { get; } = Instant.ToMilliseconds(token.ExpiresAt);

    public int WheelSlot { get; set; }

    /// <summary>The write that made the node known.</summary>
    internal long AddedAt { get; } = addedAt;

    /// <summary>The write that pushed the node out to make room.</summary>
    internal long RemovedAt
    {
        get => Volatile.Read(ref _removedAt);
        set => Volatile.Write(ref _removedAt, value);
    }

    /// <summary>The write that revoked this node by itself, by rotation or by the user's limit; not by a revoke-all.</summary>
    internal long RevokedAt
    {
        get => Volatile.Read(ref _revokedAt);
        set => Volatile.Write(ref _revokedAt, value);
    }

    /// <summary>The id of the token that replaced this one. An id, not a node: a chain of rotations must not keep its dead members in memory.</summary>
    internal string? SuccessorJti { get; set; }

    /// <summary>For the writer, who sees every write: whether the node is not revoked in any way.</summary>
    internal bool IsLive => RevokedAt == 0 && User.RevokedAt == 0;

    internal bool IsExpired(long now) => DueAt <= now;

    /// <summary>Whether the node stands in the table after write number <paramref name="published"/>.</summary>
    internal bool IsKnown(long published) => AddedAt <= published && !IsDone(RemovedAt, published);

    /// <summary>Whether the node was revoked by write number <paramref name="published"/> or an earlier one.</summary>
    internal bool IsRevoked(long published) => IsDone(RevokedAt, published) || IsDone(User.RevokedAt, published);

    static ref Link<TokenNode> ILinkOf<TokenNode>.Of(TokenNode node) => ref node._wheel;

    private static bool IsDone(long write, long published) => write != 0 && write <= published;
}
