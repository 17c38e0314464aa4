namespace LedgerLift.Auth.Redis;

/// <content>Families of tokens that replace one another.</content>
public sealed partial class RedisTokenStore
{
    private static readonly Func<RotationOutcome, string> RotateOutcome = static outcome =>
        outcome switch
        {
            RotationOutcome.Rotated => "rotated",
            RotationOutcome.ReuseDetected => "reuse_detected",
            RotationOutcome.Revoked => "already_revoked",
            RotationOutcome.NotInFamily => "not_in_family",
            _ => "not_found",
        };

    /// <inheritdoc/>
    public ValueTask StoreRotatableAsync(
        string jti,
        string userId,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    ) => StoreAsync(NewRecord(jti, userId, expiresAt, familyId: jti), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<RotationOutcome> RotateAsync(
        string jti,
        string newJti,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    )
    {
        Require(jti, nameof(jti));
        Require(newJti, nameof(newJti));
        if (!StoredToken.CanBeId(newJti))
            throw new ArgumentException(
                $"{nameof(newJti)} must be well-formed text of at most {StoredToken.MaxIdBytes} bytes in UTF-8.",
                nameof(newJti)
            );
        if (string.Equals(jti, newJti, StringComparison.Ordinal))
            throw new ArgumentException("A token cannot be replaced by itself; give the successor a new jti.", nameof(newJti));
        var truncated = new StoredToken(newJti, newJti, default, expiresAt).ExpiresAt;
        if (truncated <= _timeProvider.GetUtcNow())
            throw new ArgumentException($"{nameof(expiresAt)} must lie in the future.", nameof(expiresAt));
        if (!StoredToken.CanBeId(jti))
            return RotationOutcome.NotFound;
        var outcome = await _execution
            .RunAsync(
                RedisOperation.Rotate,
                (store: this, call: new RotateCall(_commands, jti, newJti, truncated, _numbers.Next(), _timeProvider)),
                static async (call, database, token) =>
                {
                    var outcome = await call.call.TryAsync(database, token).ConfigureAwait(false);
                    if (call.call.UserId is { } userId)
                        await call.store.ConfirmAsync(userId, token).ConfigureAwait(false);
                    return outcome;
                },
                RotateOutcome,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (outcome is RotationOutcome.ReuseDetected)
            Log.RotatedTokenReused(_logger);
        return outcome;
    }
}
