namespace LedgerLift.Auth;

/// <content>Making room: what has expired, what is too much, what is too much for one user.</content>
internal sealed partial class TokenTable<TSchedule>
{
    // A store clears away a few expired entries: more than it adds, so that none pile up, and few, so that no call pays for all.
    private const int ExpiredPerStore = 4;

    private TokenNode? MarkOldestIfFull()
    {
        if (_index.Count < _maxEntries)
            return null;
        var oldest = _index.Oldest!;
        oldest.RemovedAt = _published + 1;
        TSchedule.Pass();
        return oldest;
    }

    private int Forget(TokenNode? displaced)
    {
        if (displaced is null)
            return 0;
        _index.Forget(displaced);
        TSchedule.Pass();
        return 1;
    }

    /// <summary>Makes room below the user's limit, the soonest to expire first; what has expired or is leaving anyway does not count.</summary>
    private int RevokeOverUserLimit(string userId, TokenNode? leaving, long now)
    {
        if (_maxPerUser == 0 || _index.FindUser(userId) is not { } user)
            return 0;
        while (user.First is { } first && first != leaving && first.IsExpired(now))
            _index.Forget(first);
        var revoked = 0;
        var leavingHere = leaving is { IsLive: true } && leaving.User == user ? 1 : 0;
        for (var node = user.First; user.Count - leavingHere >= _maxPerUser && node is not null; )
        {
            var next = node.UserLink.Next;
            if (node != leaving)
            {
                RevokeNode(node);
                revoked++;
            }

            node = next;
        }

        return revoked;
    }

    private int ForgetExpired(long now, int limit)
    {
        var forgotten = 0;
        while (forgotten < limit && _index.TryForgetExpired(now))
            forgotten++;
        return forgotten;
    }
}
