using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Auth;

/// <summary>The rules of the in-memory store, without validation, tasks, lock and telemetry.</summary>
/// <remarks>
/// <para>
/// One writer at a time; its caller sees to that. Readers (<see cref="Find"/>, <see cref="IsActive"/>) at any time and without a lock: they still see
/// every write happen at one instant, also one that changes several entries (a store that pushes out the oldest, a rotation, a revoke-all). Each write
/// has a number, marks what it changes with that number, and happens when it stores the number in <see cref="_published"/>. A reader looks the node up,
/// then reads <see cref="_published"/> once, and believes only marks up to that number.
/// </para>
/// <para>
/// Why that is enough: a mark is written before its number is published, so a reader that sees the number sees the mark. A node is put into the index
/// before, and taken out after the number is published, so a reader that misses it in the index does so while it does not exist. Why the index itself can
/// be read while it changes stands at <see cref="TokenMap{TSchedule}"/>.
/// </para>
/// </remarks>
internal sealed partial class TokenTable<TSchedule>
    where TSchedule : struct, ISchedulePoints
{
    private readonly TokenIndex<TSchedule> _index;
    private readonly ExpiryClock _clock;
    private readonly int _maxEntries;
    private readonly int _maxPerUser;
    private long _published;

    internal TokenTable(int maxEntries, int maxPerUser, TimeProvider timeProvider)
    {
        _maxEntries = maxEntries;
        _maxPerUser = maxPerUser;
        _clock = new ExpiryClock(timeProvider);
        _index = new TokenIndex<TSchedule>(_clock.Now(), sortByExpiry: maxPerUser > 0);
    }

    /// <summary>How many entries are kept, expired or not. May be asked by any thread.</summary>
    internal int Held => _index.Count;

    /// <summary>How many users have live entries; for the tests that nothing stays behind.</summary>
    internal int UserCount => _index.UserCount;

    /// <summary>Forgets what has expired and counts the rest.</summary>
    internal int CountUnexpired()
    {
        ForgetExpired(_clock.Now(), int.MaxValue);
        return _index.Count;
    }

    internal StoredToken? Find(string jti)
    {
        if (!TryRead(jti, out var node, out var published))
            return null;
        return node.IsRevoked(published) ? node.RevokedToken : node.Token;
    }

    internal bool IsActive(string jti, string? userId) =>
        TryRead(jti, out var node, out var published)
        && !node.IsRevoked(published)
        && (userId is null || string.Equals(node.Token.UserId, userId, StringComparison.Ordinal));

    internal TableChange Store(string jti, string userId, DateTimeOffset expiresAt, bool rotatable)
    {
        var now = _clock.GetUtcNow();
        var token = new StoredToken(jti, userId, now, expiresAt, revoked: false, rotatable ? jti : null);
        if (token.ExpiresAt <= now)
            return new TableChange(TableOutcome.NotInFuture);
        if (FindKnown(jti, Instant.ToMilliseconds(now)) is { } known)
            return new TableChange(IsSame(known, token) ? TableOutcome.Unchanged : TableOutcome.Duplicate);
        return Add(token, rotatable ? new TokenFamily() : null, Instant.ToMilliseconds(now));
    }

    internal TableOutcome Revoke(string jti)
    {
        var now = _clock.Now();
        if (FindKnown(jti, now) is not { } node)
            return TableOutcome.NotFound;
        var live = node.Family is { } family ? family.Current : node;
        if (live is not { IsLive: true } || live.IsExpired(now))
            return TableOutcome.Unchanged;
        RevokeNode(live);
        Publish();
        return TableOutcome.Done;
    }

    /// <summary>Ends all live tokens of a user by one mark.</summary>
    internal int RevokeAll(string userId)
    {
        ForgetExpired(_clock.Now(), int.MaxValue);
        if (_index.FindUser(userId) is not { } user)
            return 0;
        user.RevokedAt = _published + 1;
        _index.DetachUser(user);
        Publish();
        return user.Count;
    }

    /// <summary>A copy of the user's live tokens, in no order.</summary>
    internal List<StoredToken> ListLive(string userId)
    {
        var tokens = new List<StoredToken>();
        var now = _clock.Now();
        for (var node = _index.FindUser(userId)?.First; node is not null; node = node.UserLink.Next)
            if (!node.IsExpired(now))
                tokens.Add(node.Token);
        return tokens;
    }

    private static bool IsSame(TokenNode known, StoredToken token) =>
        known.IsLive
        && known.Token.ExpiresAt == token.ExpiresAt
        && string.Equals(known.Token.UserId, token.UserId, StringComparison.Ordinal)
        && string.Equals(known.Token.FamilyId, token.FamilyId, StringComparison.Ordinal);

    private bool TryRead(string jti, [NotNullWhen(true)] out TokenNode? node, out long published)
    {
        TSchedule.Pass();
        published = 0;
        if (!_index.TryGet(jti, out node))
            return false;
        TSchedule.Pass();
        published = Volatile.Read(ref _published);
        TSchedule.Pass();
        return node.IsKnown(published) && !_clock.HasCome(node.DueAt);
    }

    /// <summary>The entry of a jti, unless it has expired; then it is forgotten.</summary>
    private TokenNode? FindKnown(string jti, long now)
    {
        if (!_index.TryGet(jti, out var node))
            return null;
        if (!node.IsExpired(now))
            return node;
        _index.Forget(node);
        return null;
    }

    private TableChange Add(StoredToken token, TokenFamily? family, long now)
    {
        var change = new TableChange(TableOutcome.Done) { Expired = ForgetExpired(now, ExpiredPerStore) };
        var oldest = MarkOldestIfFull();
        change.OverUserLimit = RevokeOverUserLimit(token.UserId, oldest, now);
        Append(token, family, now);
        Publish();
        change.Displaced = Forget(oldest);
        return change;
    }

    private void Append(StoredToken token, TokenFamily? family, long now)
    {
        var node = new TokenNode(token, _index.GetOrAddUser(token.UserId), family, _published + 1);
        if (family is not null)
            family.Current = node;
        _index.Add(node, now);
    }

    private void RevokeNode(TokenNode node)
    {
        // The list first: a node whose mark is set is taken to be out of it.
        _index.LeaveUser(node);
        node.RevokedAt = _published + 1;
        TSchedule.Pass();
    }

    private void Publish()
    {
        TSchedule.Pass();
        Volatile.Write(ref _published, _published + 1);
        TSchedule.Pass();
    }
}
