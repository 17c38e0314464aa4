using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LedgerLift.Resilience;

/// <summary>Writes the transitions of a host's breakers to its log. Causes by their type only: a message may hold anything.</summary>
internal sealed class BreakerLog(ILoggerFactory? loggers)
{
    private readonly ILogger _logger = loggers?.CreateLogger(ResilienceDiagnostics.MeterName) ?? NullLogger.Instance;

    internal void Follow(CircuitBreaker breaker) => breaker.Subscribe(Write);

    private void Write(BreakerTransition transition)
    {
        switch (transition.To)
        {
            case BreakerState.Open:
                Log.Opened(_logger, transition.Name, transition.Reason, transition.Cause?.GetType().FullName);
                break;
            case BreakerState.HalfOpen:
                Log.HalfOpened(_logger, transition.Name);
                break;
            case BreakerState.Closed:
                Log.Closed(_logger, transition.Name, transition.Reason);
                break;
            default:
                Log.Isolated(_logger, transition.Name);
                break;
        }
    }
}
