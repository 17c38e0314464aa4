using Polly.CircuitBreaker;
using Polly.Timeout;

namespace LedgerLift.Resilience.Tests;

/// <summary>How a call ended for its caller.</summary>
internal sealed record CallEnd(object? Result, Exception? Failure)
{
    internal bool IsRefused => Failure is BrokenCircuitException;

    internal string Word =>
        Failure switch
        {
            null => "answered",
            BrokenCircuitException => "refused",
            TimeoutRejectedException or TimeoutException => "timed out",
            OperationCanceledException => "cancelled",
            IOException => "the real failure",
            _ => Failure.GetType().Name,
        };

    /// <summary>The failure and what is inside it.</summary>
    internal IEnumerable<Exception> Chain
    {
        get
        {
            for (var link = Failure; link is not null; link = link.InnerException)
                yield return link;
        }
    }
}
