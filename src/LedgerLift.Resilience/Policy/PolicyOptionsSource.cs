using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LedgerLift.Resilience;

/// <summary>
/// Reads the options of one policy and follows their changes. Not through the options monitor: of changed options that are not valid it says nothing to
/// those who listen, and the refusal must be in the log.
/// </summary>
internal sealed class PolicyOptionsSource(string name, IServiceProvider services, ILoggerFactory? loggers) : IDisposable
{
    private readonly ILogger _logger = loggers?.CreateLogger(ResilienceDiagnostics.MeterName) ?? NullLogger.Instance;
    private readonly List<IDisposable> _subscriptions = [];

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    /// <summary>The options as they are now.</summary>
    /// <exception cref="OptionsValidationException">They are not valid; the message lists every fault.</exception>
    internal ResiliencePolicyOptions Read() => services.GetRequiredService<IOptionsFactory<ResiliencePolicyOptions>>().Create(name);

    /// <summary>Calls with valid options whenever they may have changed.</summary>
    internal void Follow(Action<ResiliencePolicyOptions> update)
    {
        var sources = services.GetServices<IOptionsChangeTokenSource<ResiliencePolicyOptions>>();
        foreach (var source in sources.Where(source => string.Equals(source.Name, name, StringComparison.Ordinal)))
            _subscriptions.Add(ChangeToken.OnChange(source.GetChangeToken, TryUpdate, update));
    }

    private void TryUpdate(Action<ResiliencePolicyOptions> update)
    {
        ResiliencePolicyOptions options;
        try
        {
            options = Read();
        }
        catch (Exception fault) when (fault is OptionsValidationException or InvalidOperationException)
        {
            // InvalidOperationException is the binder's: a text that is no number.
            Log.ChangeRefused(_logger, name, fault.Message);
            return;
        }

        update(options);
    }
}
