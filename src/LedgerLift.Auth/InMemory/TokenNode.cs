namespace LedgerLift.Auth;

/// <summary>One entry of the <see cref="TokenTable{TSchedule}"/>.</summary>
/// <remarks>
/// Written under the table's lock only, read without it. Each change carries the number of the write that made it and counts for a reader once the
/// table has published that number; 0 means that it never happened. See <see cref="TokenTable{TSchedule}"/> for the rule.
/// </remarks>
internal sealed class TokenNode(StoredToken token, UserTokens user, TokenFamily? family, long addedAt)
    : TokenEntry(token, user, addedAt),
        IExpiring<TokenNode>
{
    private TokenNode? _nextEven;
    private TokenNode? _nextOdd;
    private StoredToken? _revokedToken;
    private Link<TokenNode> _wheel;
    internal Link<TokenNode> OrderLink;
    internal Link<TokenNode> UserLink;

    /// <summary>The same token marked revoked. Two threads may both make it; either copy is as good.</summary>
    internal StoredToken RevokedToken => _revokedToken ??= Token.AsRevoked();

    internal TokenFamily? Family { get; } = family;

    public int WheelSlot { get; set; }

    /// <summary>The id of the token that replaced this one. An id, not a node: a chain of rotations must not keep its dead members in memory.</summary>
    internal string? SuccessorJti { get; set; }

    /// <summary>For the writer, who sees every write: whether the node is not revoked in any way.</summary>
    internal bool IsLive => RevokedAt == 0 && User.RevokedAt == 0;

    internal bool IsExpired(long now) => DueAt <= now;

    /// <summary>The next entry of the chain this one stands in, in tables of an even (0) or an odd (1) power of two.</summary>
    internal ref TokenNode? NextInChain(int side) => ref side == 0 ? ref _nextEven : ref _nextOdd;

    static ref Link<TokenNode> ILinkOf<TokenNode>.Of(TokenNode node) => ref node._wheel;
}
