using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LedgerLift.Logging;

/// <summary>The redactor in use. Changed options make a new one for the events that follow; options that are not valid leave the old one. Thread-safe.</summary>
internal sealed class RedactorSource : IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];
    private readonly IServiceProvider? _provider;
    private volatile PiiRedactor _current;

    /// <summary>A redactor that stays.</summary>
    public RedactorSource(PiiRedactor redactor) => _current = redactor;

    /// <summary>The redactor of a host's options.</summary>
    public RedactorSource(
        IServiceProvider provider,
        IOptionsFactory<PiiRedactionOptions> options,
        IEnumerable<IOptionsChangeTokenSource<PiiRedactionOptions>> changes
    )
    {
        _provider = provider;
        _current = new PiiRedactor(options.Create(Options.DefaultName));
        foreach (var source in changes)
            _subscriptions.Add(ChangeToken.OnChange(source.GetChangeToken, () => Reload(options)));
    }

    /// <summary>The redactor for the next event.</summary>
    public PiiRedactor Current => _current;

    public void Dispose() => _subscriptions.ForEach(static subscription => subscription.Dispose());

    private void Reload(IOptionsFactory<PiiRedactionOptions> options)
    {
        try
        {
            _current = new PiiRedactor(options.Create(Options.DefaultName));
        }
        catch (OptionsValidationException exception)
        {
            // The logger factory needs this source, so it cannot be asked for earlier.
            var logger = _provider?.GetService<ILoggerFactory>()?.CreateLogger(LoggingDiagnostics.MeterName) ?? NullLogger.Instance;
            Log.OptionsRefused(logger, exception.Message);
        }
    }
}
