using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>The redactor in use. Changed options make a new one for the events that follow. Thread-safe.</summary>
internal sealed class RedactorSource : IDisposable
{
    private readonly IDisposable? _reload;
    private volatile PiiRedactor _current;

    public RedactorSource(PiiRedactor redactor) => _current = redactor;

    public RedactorSource(IOptionsMonitor<PiiRedactionOptions> options)
    {
        _current = new PiiRedactor(options.CurrentValue);
        _reload = options.OnChange(changed => _current = new PiiRedactor(changed));
    }

    /// <summary>The redactor for the next event.</summary>
    public PiiRedactor Current => _current;

    public void Dispose() => _reload?.Dispose();
}
