using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <content>Storing and revoking.</content>
public sealed partial class RedisTokenStore
{
    // So many stores are on their way at once; the connection sends them together.
    private const int StoresAtOnce = 256;

    private static readonly Func<bool, string> StoreOutcome = static isNew => isNew ? "stored" : "unchanged";
    private static readonly Func<int, string> RevokeAllOutcome = static _ => "revoked";

    private static readonly Func<RevokeOutcome, string> RevokeOutcomeText = static outcome =>
        outcome switch
        {
            RevokeOutcome.Revoked => "revoked",
            RevokeOutcome.AlreadyRevoked => "already_revoked",
            _ => "not_found",
        };

    /// <inheritdoc/>
    /// <exception cref="TokenStoreException">Also when the answer was lost and the token is not live (<see cref="TokenStoreErrorCodes.OutcomeUnknown"/>): it is not sent again, for it could come back after a revoke.</exception>
    public ValueTask StoreAsync(string jti, string userId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
        StoreAsync(NewRecord(jti, userId, expiresAt, familyId: null), cancellationToken);

    /// <inheritdoc/>
    public ValueTask StoreManyAsync(IReadOnlyCollection<TokenRegistration> tokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var records = new List<TokenRecord>(tokens.Count);
        foreach (var token in tokens)
        {
            Require(token.Jti, nameof(token.Jti));
            Require(token.UserId, nameof(token.UserId));
            var record = NewRecord(token.Jti, token.UserId, token.ExpiresAt, familyId: null, nameof(token.ExpiresAt));
            records.Add(record);
        }

        return StoreManyAsync(records, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RevokeOutcome> RevokeAsync(string jti, CancellationToken cancellationToken = default)
    {
        Require(jti, nameof(jti));
        return StoredToken.CanBeId(jti)
            ? _execution.RunAsync(
                RedisOperation.Revoke,
                (store: this, jti, call: new RevokeCall(_commands, _timeProvider)),
                static (call, database, token) => call.store.RevokeAsync(database, call.jti, call.call, token),
                RevokeOutcomeText,
                cancellationToken
            )
            : new ValueTask<RevokeOutcome>(RevokeOutcome.NotFound);
    }

    /// <inheritdoc/>
    public ValueTask<int> RevokeAllForUserAsync(string userId, CancellationToken cancellationToken = default)
    {
        Require(userId, nameof(userId));
        return StoredToken.CanBeId(userId)
            ? _execution.RunAsync(
                RedisOperation.RevokeAll,
                (store: this, userId, call: new RevokeAllCall(_commands, userId, _numbers.Next(), _timeProvider)),
                static async (call, database, token) =>
                {
                    var revoked = await call.call.TryAsync(database, token).ConfigureAwait(false);
                    await call.store.ConfirmAsync(call.userId, token).ConfigureAwait(false);
                    return revoked;
                },
                RevokeAllOutcome,
                cancellationToken
            )
            : new ValueTask<int>(0);
    }

    private TokenRecord NewRecord(string jti, string userId, DateTimeOffset expiresAt, string? familyId, string parameterName = "expiresAt")
    {
        var now = _timeProvider.GetUtcNow();
        // The token's own rules, and its precision.
        var token = new StoredToken(jti, userId, now, expiresAt, revoked: false, familyId);
        return token.ExpiresAt > now
            ? new TokenRecord(jti, userId, token.CreatedAt, token.ExpiresAt, familyId, _numbers.Next())
            : throw new ArgumentException($"{parameterName} must lie in the future.", parameterName);
    }

    private async ValueTask StoreAsync(TokenRecord record, CancellationToken cancellationToken)
    {
        var store = new StoreCall(_commands, record, _timeProvider);
        try
        {
            await _execution
                .RunAsync(
                    RedisOperation.Store,
                    (store: this, call: store, record),
                    static async (call, database, token) =>
                    {
                        var isNew = await call.call.TryAsync(database, token).ConfigureAwait(false);
                        await call.store.ConfirmAsync(call.record.UserId, token).ConfigureAwait(false);
                        return isNew;
                    },
                    StoreOutcome,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (TokenStoreException exception) when (store.MayHaveHappened && exception.Code is TokenStoreErrorCodes.Unavailable)
        {
            throw TokenStoreFailure.OutcomeUnknown(exception);
        }
    }

    // All that are on their way come to an end before the first failure is reported.
    private async ValueTask StoreManyAsync(List<TokenRecord> records, CancellationToken cancellationToken)
    {
        foreach (var together in records.Chunk(StoresAtOnce))
            await Task.WhenAll(together.Select(record => StoreAsync(record, cancellationToken).AsTask())).ConfigureAwait(false);
    }

    private async ValueTask<RevokeOutcome> RevokeAsync(IDatabase database, string jti, RevokeCall call, CancellationToken cancellationToken)
    {
        var record = await FindRecordAsync(database, jti, cancellationToken).ConfigureAwait(false);
        if (record is null)
            return RevokeOutcome.NotFound;
        var outcome = await call.TryAsync(database, record, cancellationToken).ConfigureAwait(false);
        await ConfirmAsync(record.UserId, cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    private ValueTask ConfirmAsync(string userId, CancellationToken cancellationToken) =>
        _replicas is null ? ValueTask.CompletedTask : _replicas.WaitAsync(userId, cancellationToken);
}
