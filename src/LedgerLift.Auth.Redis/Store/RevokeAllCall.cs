using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>One revoke-all, over all its tries: they take the tokens away once, and count what was taken.</summary>
internal sealed class RevokeAllCall(RedisTokenCommands commands, string userId, string operation, TimeProvider timeProvider)
{
    private readonly long _now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
    private bool _mayComeAgain;
    private int? _revoked;

    /// <summary>One try. How many live tokens the call ended.</summary>
    internal async ValueTask<int> TryAsync(IDatabase database, CancellationToken cancellationToken)
    {
        // A try may also come back because the replicas did not confirm it.
        if (_revoked is { } already)
            return already;
        try
        {
            _revoked = await commands.EndAllAsync(database, userId, operation, _now, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!RedisErrors.IsNotExecuted(exception))
        {
            _mayComeAgain = true;
            throw;
        }

        commands.Free(database, userId, operation, _mayComeAgain);
        return _revoked.Value;
    }
}
