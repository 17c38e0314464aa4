using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LedgerLift.AspNetCore;

/// <summary>Turns readiness off when the host begins to stop, and lets it serve on until whoever watches has noticed. Thread-safe.</summary>
internal sealed class ReadinessGate(
    LedgerLiftHealthOptions options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<ReadinessGate> logger
) : IHostedLifecycleService
{
    private volatile bool _isDraining;
    private volatile bool _isWatched;

    /// <summary>Whether the host still takes work; also remembers that somebody asks.</summary>
    public bool IsOpen()
    {
        _isWatched = true;
        return !_isDraining && !lifetime.ApplicationStopping.IsCancellationRequested;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isDraining = true;
        // Nobody watches: nobody would notice, however long it waits.
        if (!_isWatched || options.DrainDelay == TimeSpan.Zero)
            return;

        Log.Draining(logger, options.DrainDelay);
        try
        {
            await Task.Delay(options.DrainDelay, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host's own patience ended first; it stops now.
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
