using Microsoft.Extensions.Logging;

namespace LedgerLift.Data;

/// <summary>Looks now and then for sessions that are held for long and for a pool that runs full. Thread-safe.</summary>
internal sealed class SessionSweep : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly UtilizationWatch _utilization;
    private readonly SessionPool _pool;
    private readonly DatabaseOptions _options;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    public SessionSweep(SessionPool pool, DatabaseOptions options, ILogger logger, TimeProvider time)
    {
        (_pool, _options, _logger) = (pool, options, logger);
        _utilization = new UtilizationWatch(options.PoolUtilizationWarning);
        var period = Clamp(options.LeakThreshold / 4);
        _timer = time.CreateTimer(static state => ((SessionSweep)state!).Run(), this, period, period);
    }

    /// <summary>One look.</summary>
    public void Run()
    {
        // A sweep that is still running makes the next one needless.
        if (!_lock.TryEnter())
            return;
        try
        {
            foreach (var lease in _pool.Leases.Leases)
                Look(lease);
            switch (_utilization.Next(_pool.Utilization))
            {
                case true:
                    Log.PoolRunsFull(_logger, _options.Name, _pool.Utilization, _options.PoolUtilizationWarning);
                    break;
                case false:
                    Log.PoolIsRelieved(_logger, _options.Name, _pool.Utilization);
                    break;
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    public void Dispose() => _timer.Dispose();

    private static TimeSpan Clamp(TimeSpan period) =>
        period < Shortest ? Shortest
        : period > Longest ? Longest
        : period;

    private void Look(SessionLease lease)
    {
        if (lease.IsReported)
            return;
        var held = _pool.Leases.HeldFor(lease);
        if (held < _options.LeakThreshold)
            return;
        lease.IsReported = true;
        Log.SessionHeldLong(_logger, _options.Name, lease.Holder(held));
    }
}
