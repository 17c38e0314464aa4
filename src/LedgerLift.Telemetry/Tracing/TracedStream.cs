using System.Diagnostics;

namespace LedgerLift.Telemetry;

/// <summary>A stream of which each enumeration is a span.</summary>
internal sealed class TracedStream<T>(ActivitySource source, string name, IAsyncEnumerable<T> inner) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var outer = Activity.Current;
        if (source.StartActivity(name) is not { } span)
            return inner.GetAsyncEnumerator(cancellationToken);

        try
        {
            return new TracedEnumerator<T>(inner.GetAsyncEnumerator(cancellationToken), span);
        }
        catch (Exception failure)
        {
            TracedSpan.Fail(span, failure);
            throw;
        }
        finally
        {
            Activity.Current = outer;
        }
    }
}
