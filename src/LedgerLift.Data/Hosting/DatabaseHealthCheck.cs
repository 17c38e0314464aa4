using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Asks the server over the same pool as everybody, at most once at a time and once in <see cref="DatabaseOptions.HealthCacheDuration"/>. A pool that runs
/// full is degraded, a server that does not answer unhealthy. Thread-safe.
/// </summary>
internal sealed class DatabaseHealthCheck(PostgresDatabase database, TimeProvider time) : IHealthCheck
{
    /// <summary>Long enough for a busy server, short enough for whoever asks.</summary>
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<HealthCheckResult>? _running;
    private HealthCheckResult _last;
    private long? _lastAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Task<HealthCheckResult> probe;
        lock (_lock)
        {
            if (_lastAt is { } at && time.GetElapsedTime(at) < database.Core.Options.HealthCacheDuration)
                return Task.FromResult(_last);
            // Not with the token of one who asks: others wait for the same answer.
            probe = _running ??= Task.Run(ProbeAsync, CancellationToken.None);
        }

        return probe.WaitAsync(cancellationToken);
    }

    private async Task<HealthCheckResult> ProbeAsync()
    {
        var result = await AskAsync().ConfigureAwait(false);
        lock (_lock)
            (_last, _lastAt, _running) = (result, time.GetTimestamp(), null);
        return result;
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        using var limit = new CancellationTokenSource(LongestProbe, time);
        try
        {
            var pool = database.GetPoolSnapshot();
            if (pool.Max > 0 && pool.InUse >= pool.Max)
                return HealthCheckResult.Degraded("All connections of the pool are in use.", exception: null, Data(pool));
            var connection = await database.DataSource.OpenConnectionAsync(limit.Token).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var command = new NpgsqlCommand("SELECT 1", connection);
                await using (command.ConfigureAwait(false))
                    await command.ExecuteScalarAsync(limit.Token).ConfigureAwait(false);
            }

            return Judge(database.GetPoolSnapshot());
        }
        catch (Exception failure)
            when (failure is NpgsqlException or OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            // The exception's text can name hosts and users: its type is enough for whoever reads health.
            return HealthCheckResult.Unhealthy(
                $"The database does not answer ({failure.GetType().Name}).",
                exception: null,
                Data(database.GetPoolSnapshot())
            );
        }
    }

    private HealthCheckResult Judge(ConnectionPoolSnapshot pool) =>
        pool.Max > 0 && pool.Utilization >= database.Core.Options.PoolUtilizationWarning
            ? HealthCheckResult.Degraded(
                string.Create(CultureInfo.InvariantCulture, $"The pool runs full: {pool.InUse} of {pool.Max} connections are in use."),
                exception: null,
                Data(pool)
            )
            : HealthCheckResult.Healthy("The database answers.", Data(pool));

    private Dictionary<string, object> Data(ConnectionPoolSnapshot pool) =>
        new(StringComparer.Ordinal)
        {
            ["inUse"] = pool.InUse,
            ["idle"] = pool.Idle,
            ["max"] = pool.Max,
            ["pending"] = pool.Pending,
            ["utilization"] = pool.Utilization,
            // So that whoever shows the answer can tell how old it is, and keeps it no longer himself.
            ["checkedAt"] = time.GetUtcNow(),
        };
}
