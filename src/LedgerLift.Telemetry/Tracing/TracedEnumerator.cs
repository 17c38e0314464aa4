using System.Diagnostics;

namespace LedgerLift.Telemetry;

/// <summary>Runs the steps of a stream inside its span, and what the caller does between them outside.</summary>
internal sealed class TracedEnumerator<T>(IAsyncEnumerator<T> inner, Activity span) : IAsyncEnumerator<T>
{
    private Exception? _failure;

    public T Current => inner.Current;

    public async ValueTask<bool> MoveNextAsync()
    {
        try
        {
            return await Inside(static stream => stream.MoveNextAsync()).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _failure ??= failure;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Inside(static stream => stream.DisposeAsync()).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _failure ??= failure;
            throw;
        }
        finally
        {
            if (_failure is null)
                TracedSpan.Succeed(span);
            else
                TracedSpan.Fail(span, _failure);
        }
    }

    private TStep Inside<TStep>(Func<IAsyncEnumerator<T>, TStep> step)
    {
        var outer = Activity.Current;
        Activity.Current = span;
        try
        {
            return step(inner);
        }
        finally
        {
            Activity.Current = outer;
        }
    }
}
