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
    /// <param name="expected">What is waited for, in words; null: the condition's source text.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <param name="source">Left to the compiler.</param>
    /// <exception cref="TimeoutException">The condition was not true in time.</exception>
    public static Task UntilAsync(
        Func<bool> condition,
        TimeSpan? timeout = null,
        string? expected = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(condition))] string source = ""
    ) => UntilAsync(() => ValueTask.FromResult(condition()), timeout, expected ?? source, cancellationToken);

    /// <inheritdoc cref="UntilAsync(Func{bool}, TimeSpan?, string?, CancellationToken, string)"/>
    public static async Task UntilAsync(
        Func<ValueTask<bool>> condition,
        TimeSpan? timeout = null,
        string? expected = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(condition))] string source = ""
    )
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = timeout ?? TimeSpan.FromSeconds(10);
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
                throw new TimeoutException(
                    string.Create(CultureInfo.InvariantCulture, $"Not within {limit.TotalSeconds:0.###} s: {expected ?? source}")
                );
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
