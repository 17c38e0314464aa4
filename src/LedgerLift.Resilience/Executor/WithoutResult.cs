using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LedgerLift.Resilience;

/// <summary>Between operations that return nothing and the executor, which knows results only. Allocates nothing.</summary>
[SuppressMessage("Usage", "VSTHRD103", Justification = "The tasks have completed.")]
[SuppressMessage("Performance", "CA1849", Justification = "The tasks have completed.")]
internal static class WithoutResult
{
    internal static ValueTask<Nothing> ToNothingAsync(ValueTask pending)
    {
        if (!pending.IsCompletedSuccessfully)
        {
            return AwaitAsync(pending);
        }

        pending.GetAwaiter().GetResult();
        return default;
    }

    internal static ValueTask FromNothingAsync(ValueTask<Nothing> pending)
    {
        if (!pending.IsCompletedSuccessfully)
        {
            return AwaitAsync(pending);
        }

        _ = pending.Result;
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Nothing> AwaitAsync(ValueTask pending)
    {
        await pending.ConfigureAwait(false);
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitAsync(ValueTask<Nothing> pending) => await pending.ConfigureAwait(false);
}
