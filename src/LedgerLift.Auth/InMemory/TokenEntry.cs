namespace LedgerLift.Auth;

/// <summary>What a lookup reads of a <see cref="TokenNode"/>: the runtime lays a base class's fields out first, so that they share one or two cache lines.</summary>
internal abstract class TokenEntry(StoredToken token, UserTokens user, long addedAt)
{
    private long _removedAt;
    private long _revokedAt;

    internal StoredToken Token { get; } = token;

    /// <summary>The token's id, here too so that a lookup need not go to the token for it.</summary>
    internal string Jti { get; } = token.Jti;

    internal UserTokens User { get; } = user;

    /// <summary>The hash of the id, so that a chain is walked without comparing texts.</summary>
    internal int Hash { get; } = IdHash.Of(token.Jti);

    public long DueAt { get; } = Instant.ToMilliseconds(token.ExpiresAt);

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

    /// <summary>Whether the node stands in the table after write number <paramref name="published"/>.</summary>
    internal bool IsKnown(long published) => AddedAt <= published && !IsDone(RemovedAt, published);

    /// <summary>Whether the node was revoked by write number <paramref name="published"/> or an earlier one.</summary>
    internal bool IsRevoked(long published) => IsDone(RevokedAt, published) || IsDone(User.RevokedAt, published);

    private static bool IsDone(long write, long published) => write != 0 && write <= published;
}
