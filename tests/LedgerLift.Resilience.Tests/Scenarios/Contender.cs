using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>A library with a breaker and a retry, set up for one scenario, seen from outside only.</summary>
internal abstract class Contender
{
    internal static readonly IOException Down = new("connection reset");

    internal ManualTimeProvider Clock { get; } = new();

    /// <summary>The waits that <see cref="FinishAsync"/> let pass.</summary>
    internal List<TimeSpan> Waits { get; } = [];

    /// <summary>closed, open, half-open or isolated.</summary>
    internal abstract string State { get; }

    internal abstract Task IsolateAsync();

    internal abstract Task CloseAsync();

    /// <summary>Makes a call; the task ends when the caller has an answer, and never fails.</summary>
    internal async Task<CallEnd> CallAsync(
        Func<CancellationToken, ValueTask<object>> operation,
        OperationSafety safety = OperationSafety.Idempotent,
        CancellationToken caller = default
    )
    {
        try
        {
            return new CallEnd(await RunAsync(operation, safety, caller), Failure: null);
        }
        catch (Exception failure)
        {
            return new CallEnd(Result: null, failure);
        }
    }

    internal Task<CallEnd> SucceedAsync() => CallAsync(_ => new ValueTask<object>("fine"));

    internal Task<CallEnd> FailAsync() => CallAsync(_ => ValueTask.FromException<object>(Down));

    /// <summary>Makes a call that ends when the caller cancels.</summary>
    internal async Task<CallEnd> CancelAsync()
    {
        using var caller = new CancellationTokenSource();
        var call = CallAsync(async token => await HangAsync(token), caller: caller.Token);
        await caller.CancelAsync();
        return await call;
    }

    /// <summary>Opens the circuit in whichever way failures open it.</summary>
    internal async Task OpenAsync()
    {
        for (var i = 0; i < 5; i++)
            await FailAsync();
        Assert.Equal("open", State);
    }

    /// <summary>Lets time pass, timer by timer, until the call has ended.</summary>
    internal async Task<CallEnd> FinishAsync(Task<CallEnd> call)
    {
        while (!call.IsCompleted)
        {
            if (Clock.TimersDueIn is [var wait, ..])
            {
                Waits.Add(wait);
                Advance(wait);
            }
            else
            {
                // Nothing armed and nothing finished for ten seconds is an error, not a reason to wait on.
                var armed = Clock.WaitForTimerAsync();
                if (await Task.WhenAny(call, armed) == armed)
                    await armed;
            }
        }

        return await call;
    }

    protected abstract ValueTask<object> RunAsync(
        Func<CancellationToken, ValueTask<object>> operation,
        OperationSafety safety,
        CancellationToken caller
    );

    // Without a synchronisation context what waits for a timer runs inside the move of the clock, not some time later on another thread.
    private void Advance(TimeSpan by)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Clock.Advance(by);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static async Task<object> HangAsync(CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        return "late";
    }
}
