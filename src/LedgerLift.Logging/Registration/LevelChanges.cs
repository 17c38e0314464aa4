using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LedgerLift.Logging;

/// <summary>Tells the logger factory that the level may have changed. Thread-safe.</summary>
internal sealed class LevelChanges : IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    private readonly IDisposable? _subscription;
    private CancellationTokenSource _change = new();

    public LevelChanges(IOptionsMonitor<LedgerLiftLoggingOptions> options) => _subscription = options.OnChange((_, _) => Signal());

    public string? Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _change).Token);

    public void Dispose()
    {
        _subscription?.Dispose();
        _change.Dispose();
    }

    private void Signal()
    {
        using var old = Interlocked.Exchange(ref _change, new CancellationTokenSource());
        old.Cancel();
    }
}
