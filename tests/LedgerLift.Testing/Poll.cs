using System.Globalization;
using System.Runtime.CompilerServices;

namespace LedgerLift.Testing;

/// <summary>Waits for what another process or thread does in its own time, when there is no event to wait for.</summary>
public static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Asks until the answer is true.</summary>
    /// <param name="condition">Asked at least once, then every few milliseconds.</param>
    /// <param name="timeout">The longest wait; null: 10 seconds.</param>
    /// <param name="expected">What is waited for, in words; the condition's source text by default.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <exception cref="TimeoutException">The condition was not true in time.</exception>
    public static Task UntilAsync(
        Func<bool> condition,
        TimeSpan? timeout = null,
        [CallerArgumentExpression(nameof(condition))] string? expected = null,
        CancellationToken cancellationToken = default
    ) => UntilAsync(() => ValueTask.FromResult(condition()), timeout, expected, cancellationToken);

    /// <inheritdoc cref="UntilAsync(Func{bool}, TimeSpan?, string?, CancellationToken)"/>
    public static async Task UntilAsync(
        Func<ValueTask<bool>> condition,
        TimeSpan? timeout = null,
        [CallerArgumentExpression(nameof(condition))] string? expected = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = timeout ?? TimeSpan.FromSeconds(10);
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
                throw new TimeoutException(
                    string.Create(CultureInfo.InvariantCulture, $"Not within {limit.TotalSeconds:0.###} s: {expected}")
                );
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
