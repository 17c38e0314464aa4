namespace LedgerLift.Auth;

/// <content>Families: a token that replaces another, and one that turns up again.</content>
internal sealed partial class TokenTable<TSchedule>
{
    internal TableChange Rotate(string jti, string newJti, DateTimeOffset expiresAt)
    {
        var now = _clock.GetUtcNow();
        var milliseconds = Instant.ToMilliseconds(now);
        if (Instant.ToMilliseconds(expiresAt) <= milliseconds)
            return new TableChange(TableOutcome.NotInFuture);
        if (FindKnown(jti, milliseconds) is not { } old)
            return new TableChange(TableOutcome.NotFound);
        if (old.Family is null)
            return new TableChange(TableOutcome.NotInFamily);
        var token = new StoredToken(newJti, old.Token.UserId, now, expiresAt, revoked: false, old.Token.FamilyId);
        var known = FindKnown(newJti, milliseconds);
        if (old.SuccessorJti is not null)
            return Reuse(old, known, token);
        if (!old.IsLive)
            return new TableChange(TableOutcome.Unchanged);
        return known is null ? Replace(old, token, milliseconds) : new TableChange(TableOutcome.Duplicate);
    }

    private TableChange Replace(TokenNode old, StoredToken token, long now)
    {
        var change = new TableChange(TableOutcome.Done) { Expired = ForgetExpired(now, ExpiredPerStore) };
        var oldest = MarkOldestIfFull();
        old.SuccessorJti = token.Jti;
        RevokeNode(old);
        Append(token, old.Family, now);
        Publish();
        change.Displaced = Forget(oldest);
        return change;
    }

    private TableChange Reuse(TokenNode old, TokenNode? known, StoredToken token)
    {
        var current = old.Family!.Current;
        if (IsRepetition(old, current, known, token))
            return new TableChange(TableOutcome.Done);
        if (current is { IsLive: true })
        {
            RevokeNode(current);
            Publish();
        }

        return new TableChange(TableOutcome.Reused);
    }

    private static bool IsRepetition(TokenNode old, TokenNode? current, TokenNode? known, StoredToken token) =>
        current is not null
        && current == known
        && IsSame(known, token)
        && string.Equals(old.SuccessorJti, token.Jti, StringComparison.Ordinal);
}
