using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>An executor on a manual clock, its delays without chance: the jitter draw is always the middle.</summary>
internal sealed class ExecutorFixture
{
    internal ExecutorFixture(Action<ResiliencePolicyOptions>? configure = null, IFailureClassifier? classifier = null)
    {
        // Without a context what waits goes on upon the very thread that ends the wait, so that a call stands still whenever the clock's move has returned.
        SynchronizationContext.SetSynchronizationContext(null);
        var options = new ResiliencePolicyOptions { Retry = { JitterMode = JitterMode.None } };
        configure?.Invoke(options);
        Executor = new ResilienceExecutor("test", options, classifier, Time, breaker: null, budget: null, random: () => 0.5);
    }

    internal ManualTimeProvider Time { get; } = new();

    internal ResilienceExecutor Executor { get; }

    /// <summary>The waits that <see cref="FinishAsync{T}"/> let pass.</summary>
    internal List<TimeSpan> Waits { get; } = [];

    internal Task<string> RunAsync(ScriptedDependency dependency, OperationSafety safety = OperationSafety.Idempotent) =>
        FinishAsync(Executor.ExecuteAsync(safety, dependency.CallAsync, TestContext.Current.CancellationToken));

    /// <summary>Lets time pass, timer by timer, until the call has ended.</summary>
    internal async Task<T> FinishAsync<T>(ValueTask<T> pending)
    {
        var call = pending.AsTask();
        while (!call.IsCompleted)
        {
            var timers = Time.TimersDueIn;
            if (timers.Count == 0)
            {
                await Task.Yield();
                continue;
            }

            var wait = timers.Min();
            Waits.Add(wait);
            // On a thread without a synchronisation context, so that what waits for the timer has run when this returns.
            await Task.Run(() => Time.Advance(wait), TestContext.Current.CancellationToken);
            await Task.WhenAny(call, Time.WaitForTimerAsync(timeout: TimeSpan.FromSeconds(10)));
        }

        return await call;
    }
}
