namespace LedgerLift.Auth.Tests;

/// <summary>A <see cref="TokenTable{TSchedule}"/> whose interleavings are driven, behind the interface that histories are recorded on. One writer at a time.</summary>
internal sealed class DrivenTokenStore(TokenTable<DrivenSchedule> table) : ITokenStore, ITokenFamilies
{
    public ValueTask StoreAsync(string jti, string userId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
        Stored(table.Store(jti, userId, expiresAt, rotatable: false));

    public ValueTask StoreRotatableAsync(
        string jti,
        string userId,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    ) => Stored(table.Store(jti, userId, expiresAt, rotatable: true));

    public ValueTask<StoredToken?> FindAsync(string jti, CancellationToken cancellationToken = default) => new(table.Find(jti));

    public ValueTask<bool> IsActiveAsync(string jti, string? userId = null, CancellationToken cancellationToken = default) =>
        new(table.IsActive(jti, userId));

    public ValueTask<RevokeOutcome> RevokeAsync(string jti, CancellationToken cancellationToken = default) =>
        new(
            table.Revoke(jti) switch
            {
                TableOutcome.Done => RevokeOutcome.Revoked,
                TableOutcome.Unchanged => RevokeOutcome.AlreadyRevoked,
                _ => RevokeOutcome.NotFound,
            }
        );

    public ValueTask<int> RevokeAllForUserAsync(string userId, CancellationToken cancellationToken = default) =>
        new(table.RevokeAll(userId));

    public ValueTask<RotationOutcome> RotateAsync(
        string jti,
        string newJti,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    ) =>
        new(
            table.Rotate(jti, newJti, expiresAt).Outcome switch
            {
                TableOutcome.Done => RotationOutcome.Rotated,
                TableOutcome.Reused => RotationOutcome.ReuseDetected,
                TableOutcome.Unchanged => RotationOutcome.Revoked,
                TableOutcome.NotInFamily => RotationOutcome.NotInFamily,
                TableOutcome.Duplicate => throw Duplicate(),
                _ => RotationOutcome.NotFound,
            }
        );

    public IAsyncEnumerable<StoredToken> ListActiveAsync(string userId, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    private static ValueTask Stored(TableChange change) =>
        change.Outcome is TableOutcome.Duplicate ? throw Duplicate() : ValueTask.CompletedTask;

    private static TokenStoreException Duplicate() => new("duplicate", TokenStoreErrorCodes.DuplicateJti, isTransient: false);
}
