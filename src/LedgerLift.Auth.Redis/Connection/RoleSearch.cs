using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>
/// Lets the client look which node is a master now, when a command could not be carried out. By itself it looks once a minute, and when a connection
/// breaks; but a failover ends seconds after the old master's connection broke.
/// </summary>
/// <remarks>Safe to use from any thread. At most one look a second, whoever asks for it.</remarks>
internal sealed class RoleSearch(TimeProvider timeProvider)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private long _last = timeProvider.GetTimestamp() - timeProvider.TimestampFrequency;

    /// <summary>Looks, unless it was done just now, and waits a moment for the end of it: the next try should know.</summary>
    /// <returns>Whether it looked.</returns>
    internal async ValueTask<bool> LookAsync(IConnectionMultiplexer connection, CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        var now = timeProvider.GetTimestamp();
        if (timeProvider.GetElapsedTime(last, now) < Pause || Interlocked.CompareExchange(ref _last, now, last) != last)
            return false;
        try
        {
            var looking = connection.ConfigureAsync();
            BoundedCall.Abandon(looking);
            await looking.WaitAsync(Patience, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is TimeoutException or OperationCanceledException or RedisException or ObjectDisposedException)
        {
            // It goes on by itself. The failure that led here is what the caller hears of.
        }

        return true;
    }
}
