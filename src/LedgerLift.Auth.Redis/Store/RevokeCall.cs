using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>One revoke, over all its tries. When an answer was lost and the entry is gone, it cannot be told who took it out: then it had been revoked already.</summary>
internal sealed class RevokeCall(RedisTokenCommands commands, TimeProvider timeProvider)
{
    private RevokeOutcome? _outcome;

    /// <summary>One try.</summary>
    internal async ValueTask<RevokeOutcome> TryAsync(IDatabase database, TokenRecord record, CancellationToken cancellationToken)
    {
        // A try may also come back because the replicas did not confirm it.
        if (_outcome is { } already)
            return already;
        // The record of a token of its own ends with its entry; a family's entry may have ended before the record that leads to it.
        if (record.FamilyId is not null)
        {
            var now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            await commands.ForgetExpiredAsync(database, record.UserId, now, cancellationToken).ConfigureAwait(false);
        }

        var wasLive = await commands.EndAsync(database, record.UserId, record.Member, cancellationToken).ConfigureAwait(false);
        _outcome = wasLive ? RevokeOutcome.Revoked : RevokeOutcome.AlreadyRevoked;
        return _outcome.Value;
    }
}
