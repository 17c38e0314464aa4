namespace LedgerLift.Auth;

/// <content>Families of tokens that replace one another.</content>
public sealed partial class InMemoryTokenStore
{
    /// <inheritdoc/>
    public ValueTask StoreRotatableAsync(
        string jti,
        string userId,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    ) => StoreAsync(jti, userId, expiresAt, rotatable: true, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RotationOutcome> RotateAsync(
        string jti,
        string newJti,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    )
    {
        TokenId.ThrowIfBlank(jti, nameof(jti));
        TokenId.ThrowIfInvalid(newJti, nameof(newJti));
        if (string.Equals(jti, newJti, StringComparison.Ordinal))
            throw new ArgumentException("A token cannot be replaced by itself; give the successor a new jti.", nameof(newJti));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<RotationOutcome>(cancellationToken);
        var started = TokenTelemetry.Start(_timeProvider);
        TableChange change;
        lock (_lock)
            change = _table.Rotate(jti, newJti, expiresAt);
        TokenTelemetry.Evicted(change);
        if (change.Outcome is TableOutcome.NotInFuture)
            throw NotInFuture(nameof(expiresAt));
        var (outcome, text) = Describe(change.Outcome);
        TokenTelemetry.Stop(_timeProvider, started, "rotate", text);
        if (change.Outcome is TableOutcome.Duplicate)
            return ValueTask.FromException<RotationOutcome>(Duplicate());
        if (outcome is RotationOutcome.ReuseDetected)
            Log.RotatedTokenReused(_logger);
        return new ValueTask<RotationOutcome>(outcome);
    }

    private static (RotationOutcome Outcome, string Text) Describe(TableOutcome outcome) =>
        outcome switch
        {
            TableOutcome.Done => (RotationOutcome.Rotated, "rotated"),
            TableOutcome.Reused => (RotationOutcome.ReuseDetected, "reuse_detected"),
            TableOutcome.Unchanged => (RotationOutcome.Revoked, "already_revoked"),
            TableOutcome.NotInFamily => (RotationOutcome.NotInFamily, "not_in_family"),
            TableOutcome.Duplicate => (default, "duplicate"),
            _ => (RotationOutcome.NotFound, "not_found"),
        };
}
