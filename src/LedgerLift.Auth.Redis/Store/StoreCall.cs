using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>One store, over all its tries: what was done already is not done again.</summary>
/// <remarks>
/// The record may be written again, for it never changes and knows its writer. Making the token live is sent once: sent again after an answer was lost,
/// it could bring back a token that a revoke-all has counted.
/// </remarks>
internal sealed class StoreCall(RedisTokenCommands commands, TokenRecord record, TimeProvider timeProvider)
{
    private bool _isRecorded;
    private bool _isActivated;
    private Exception? _lostAnswer;

    /// <summary>Whether the token may be live though no answer said so.</summary>
    internal bool MayHaveHappened => _lostAnswer is not null;

    /// <summary>One try. True when the token was not known before.</summary>
    internal async ValueTask<bool> TryAsync(IDatabase database, CancellationToken cancellationToken)
    {
        if (!_isRecorded)
        {
            var known = await commands.WriteRecordAsync(database, record, cancellationToken).ConfigureAwait(false);
            if (known is not null && !string.Equals(known.Nonce, record.Nonce, StringComparison.Ordinal))
                return await IsSameAndLiveAsync(database, known, cancellationToken).ConfigureAwait(false)
                    ? false
                    : throw TokenStoreFailure.Duplicate();
            _isRecorded = true;
        }

        // A try may also come back because the replicas did not confirm it.
        if (_isActivated)
            return true;
        if (_lostAnswer is null)
            await ActivateAsync(database, cancellationToken).ConfigureAwait(false);
        else if (!await IsLiveAsync(database, cancellationToken).ConfigureAwait(false))
            throw TokenStoreFailure.OutcomeUnknown(_lostAnswer);
        return true;
    }

    private async ValueTask ActivateAsync(IDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            var now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            await commands.ActivateAsync(database, record, now, cancellationToken).ConfigureAwait(false);
            _isActivated = true;
        }
        catch (Exception exception) when (!RedisErrors.IsNotExecuted(exception))
        {
            _lostAnswer = exception;
            throw;
        }
    }

    private async ValueTask<bool> IsSameAndLiveAsync(IDatabase database, TokenRecord known, CancellationToken cancellationToken) =>
        known.HasValuesOf(record)
        && await IsLiveAsync(database, cancellationToken).ConfigureAwait(false)
        && (record.FamilyId is null || await IsCurrentAsync(database, cancellationToken).ConfigureAwait(false));

    private async ValueTask<bool> IsCurrentAsync(IDatabase database, CancellationToken cancellationToken) =>
        await commands.ReadSuccessorAsync(database, record.UserId, TokenHash.Of(record.Jti), cancellationToken).ConfigureAwait(false)
            is null;

    private async ValueTask<bool> IsLiveAsync(IDatabase database, CancellationToken cancellationToken)
    {
        var until = await commands.LiveUntilAsync(database, record.UserId, record.Member, cancellationToken).ConfigureAwait(false);
        return until > timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
    }
}
