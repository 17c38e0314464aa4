using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>Whether the token store's server answers, is new enough, and keeps what it was given.</summary>
/// <remarks>
/// <para>Unhealthy: it does not answer in time, refuses, or is older than 7.0. Degraded: it would evict keys when its memory is full, and so log users out. Its data name no host.</para>
/// <para>Safe to use from any thread.</para>
/// </remarks>
internal sealed class RedisHealthCheck(RedisConnection connection, TimeSpan timeout, TimeProvider timeProvider, ILogger? logger)
    : IHealthCheck
{
    internal const string Name = "redis";

    // Without a cluster every key leads to the one master; in a cluster these lead to nearly every one.
    private const int Probes = 16;

    private readonly ILogger _logger = logger ?? NullLogger.Instance;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return Judge(await AskAsync(either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("Redis did not answer in time.");
        }
        catch (Exception exception) when (exception is RedisException or TokenStoreException or ObjectDisposedException)
        {
            // No text of the client's: it holds host and port.
            return HealthCheckResult.Unhealthy(exception is RedisServerException ? "Redis refused." : "Redis cannot be reached.");
        }
    }

    // Twice, for the first try also fails where the client just has to look again: a master that is none any more, a server that was slow to answer once. Nobody
    // else might ask, as a host that is not ready gets no requests.
    private async ValueTask<IReadOnlyList<RedisServerInfo>> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisErrors.MayHaveMoved(exception) && !cancellationToken.IsCancellationRequested)
        {
            return await TryAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Off the thread that reads all answers, as a call of the store: what the asker does next must not hold it up.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    private ValueTask<IReadOnlyList<RedisServerInfo>> TryAsync(CancellationToken cancellationToken) =>
        RedisExecution.TryAsync(connection, this, static (check, database, token) => check.ReadAsync(database, token), cancellationToken);

    private async ValueTask<IReadOnlyList<RedisServerInfo>> ReadAsync(IDatabase database, CancellationToken cancellationToken)
    {
        var probes = connection.IsCluster() ? Probes : 1;
        var answers = Enumerable.Range(0, probes).Select(probe => ReadAsync(database, $"probe-{probe}", cancellationToken).AsTask());
        return [.. (await Task.WhenAll(answers).ConfigureAwait(false)).DistinctBy(server => server.RunId, StringComparer.Ordinal)];
    }

    // A section that does not exist is ignored; given as a key it leads to the server that owns its slot.
    private static async ValueTask<RedisServerInfo> ReadAsync(IDatabase database, RedisKey probe, CancellationToken cancellationToken)
    {
        var answer = await database
            .ExecuteAsync("INFO", new object[] { "server", "memory", probe }, CommandFlags.DemandMaster)
            .WithinAsync(cancellationToken)
            .ConfigureAwait(false);
        return RedisServerInfo.Parse((string?)answer ?? "");
    }

    internal HealthCheckResult Judge(IReadOnlyList<RedisServerInfo> servers)
    {
        var oldest = servers.MinBy(server => server.Version)!;
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["servers"] = servers.Count,
            ["version"] = oldest.Version.ToString(),
        };
        if (oldest.Version < RedisServerInfo.FirstSupported)
            return HealthCheckResult.Unhealthy($"Redis {oldest.Version} is older than {RedisServerInfo.FirstSupported}.", data: data);
        if (servers.FirstOrDefault(server => server.Evicts) is not { } evicting)
            return HealthCheckResult.Healthy("Redis answers.", data);
        Log.ServerEvicts(_logger, evicting.EvictionPolicy);
        data["evictionPolicy"] = evicting.EvictionPolicy;
        return HealthCheckResult.Degraded("Redis evicts keys when its memory is full: users would be logged out.", data: data);
    }
}
