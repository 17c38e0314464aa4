using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging;

/// <summary>Stands in front of a logger factory: whatever providers it has, they get events and scopes redacted.</summary>
/// <remarks>Thread-safe. Providers that are added later are behind it too. Disposing it disposes the factory inside.</remarks>
public sealed class RedactingLoggerFactory : ILoggerFactory
{
    private readonly ILoggerFactory _inner;
    private readonly RedactorSource _source;
    private readonly bool _addsContext;
    private readonly bool _ownsInner;
    private readonly ConcurrentDictionary<string, RedactingLogger> _loggers = new(StringComparer.Ordinal);

    /// <summary>Puts redaction in front of a factory.</summary>
    /// <param name="inner">The factory with the providers.</param>
    /// <param name="redactor">The rules; null: those of <see cref="PiiRedactionOptions"/>' defaults.</param>
    /// <param name="addContext">Whether every event gets the pairs <c>request_id</c>, <c>trace_id</c> and <c>span_id</c> of the code that writes it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is null.</exception>
    public RedactingLoggerFactory(ILoggerFactory inner, PiiRedactor? redactor = null, bool addContext = false)
        : this(inner, new RedactorSource(redactor ?? new PiiRedactor()), addContext, ownsInner: true) { }

    internal RedactingLoggerFactory(ILoggerFactory inner, RedactorSource source, bool addsContext, bool ownsInner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _source = source;
        _addsContext = addsContext;
        _ownsInner = ownsInner;
    }

    /// <summary>The logger of a category; the same one for the same name.</summary>
    /// <param name="categoryName">The category.</param>
    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(
            categoryName,
            static (name, factory) => new RedactingLogger(factory._inner.CreateLogger(name), factory._source, factory._addsContext),
            this
        );

    /// <summary>Adds a provider to the factory inside.</summary>
    /// <param name="provider">The provider.</param>
    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    /// <summary>Disposes the factory inside, unless a container does.</summary>
    public void Dispose()
    {
        if (_ownsInner)
            _inner.Dispose();
    }
}
