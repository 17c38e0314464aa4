namespace LedgerLift.Auth.Tests;

/// <summary>A guard whose server is down.</summary>
internal sealed class BrokenReplayGuard : IReplayGuard
{
    public ValueTask<bool> TryRegisterAsync(
        ReadOnlyMemory<byte> id,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromException<bool>(new TokenStoreException("down", TokenStoreErrorCodes.Unavailable, isTransient: true));
}
