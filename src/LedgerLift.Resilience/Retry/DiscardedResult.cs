using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Resilience;

/// <summary>A bad result that is given up for a retry: nobody else will dispose it.</summary>
internal static class DiscardedResult
{
    /// <summary>Disposes a result that is disposable, asynchronously where it can be.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The result was bad already; that it cannot be disposed must not hide why.")]
    [SuppressMessage("Roslynator", "RCS1075", Justification = "As for CA1031.")]
    internal static async ValueTask DisposeAsync<T>(T result)
    {
        try
        {
            if (result is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
            else
                (result as IDisposable)?.Dispose();
        }
        catch (Exception)
        {
            // See the justification.
        }
    }
}
