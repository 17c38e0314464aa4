using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>One rotation. Every step may be taken again: the first to claim a token has it for ever, records never change, and no step brings a family back.</summary>
internal sealed class RotateCall(
    RedisTokenCommands commands,
    string jti,
    string newJti,
    DateTimeOffset expiresAt,
    string nonce,
    TimeProvider timeProvider
)
{
    private readonly TokenHash _old = TokenHash.Of(jti);
    private readonly TokenHash _new = TokenHash.Of(newJti);

    /// <summary>Whose tokens; known once the old one was found.</summary>
    internal string? UserId { get; private set; }

    internal async ValueTask<RotationOutcome> TryAsync(IDatabase database, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var old = await commands.ReadRecordAsync(database, _old, cancellationToken).ConfigureAwait(false);
        if (old is null || old.IsExpired(now))
            return RotationOutcome.NotFound;
        if (old.FamilyId is null)
            return RotationOutcome.NotInFamily;
        UserId = old.UserId;
        var successor = await commands.ReadSuccessorAsync(database, old.UserId, _old, cancellationToken).ConfigureAwait(false);
        return successor is { } claimed
            ? await RepeatAsync(database, old, claimed, cancellationToken).ConfigureAwait(false)
            : await ReplaceAsync(database, old, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RotationOutcome> ReplaceAsync(IDatabase database, TokenRecord old, CancellationToken cancellationToken)
    {
        var until = await commands.LiveUntilAsync(database, old.UserId, old.Member, cancellationToken).ConfigureAwait(false);
        if (!(until > timeProvider.GetUtcNow().ToUnixTimeMilliseconds()))
            return RotationOutcome.Revoked;
        if (await commands.ReadRecordAsync(database, _new, cancellationToken).ConfigureAwait(false) is not null)
            throw TokenStoreFailure.Duplicate();
        var first = await commands.ClaimAsync(database, old, _new, cancellationToken).ConfigureAwait(false);
        return first is { } claimed
            ? await RepeatAsync(database, old, claimed, cancellationToken).ConfigureAwait(false)
            : await SucceedAsync(database, old, RotationOutcome.Revoked, cancellationToken).ConfigureAwait(false)
                ?? throw TokenStoreFailure.Duplicate();
    }

    // The token was replaced: by an earlier try or an equal call, which is finished or answered as the first was; or by another one, and then it was stolen.
    private async ValueTask<RotationOutcome> RepeatAsync(
        IDatabase database,
        TokenRecord old,
        TokenHash claimed,
        CancellationToken cancellationToken
    )
    {
        var isOurs = claimed == _new;
        if (
            isOurs
            && await commands.ReadSuccessorAsync(database, old.UserId, _new, cancellationToken).ConfigureAwait(false) is null
            && await SucceedAsync(database, old, RotationOutcome.ReuseDetected, cancellationToken).ConfigureAwait(false)
                is RotationOutcome.Rotated
        )
            return RotationOutcome.Rotated;
        await commands.EndAsync(database, old.UserId, old.Member, cancellationToken).ConfigureAwait(false);
        return RotationOutcome.ReuseDetected;
    }

    /// <summary>Writes the successor and lets the family go on with it; null when its jti belongs to another token.</summary>
    private async ValueTask<RotationOutcome?> SucceedAsync(
        IDatabase database,
        TokenRecord old,
        RotationOutcome whenEnded,
        CancellationToken cancellationToken
    )
    {
        var record = new TokenRecord(newJti, old.UserId, timeProvider.GetUtcNow(), expiresAt, old.FamilyId, nonce);
        var known = await commands.WriteRecordAsync(database, record, cancellationToken).ConfigureAwait(false);
        if (known is not null && !known.HasValuesOf(record))
            return null;
        return await commands.SucceedAsync(database, record, cancellationToken).ConfigureAwait(false) ? RotationOutcome.Rotated : whenEnded;
    }
}
