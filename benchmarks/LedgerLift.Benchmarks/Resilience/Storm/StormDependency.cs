namespace LedgerLift.Benchmarks;

/// <summary>Answers after twenty milliseconds while it is well; while it is dead, connections are refused.</summary>
internal sealed class StormDependency(TimeProvider time, StormPlan plan)
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    private readonly long _start = time.GetTimestamp();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Calls that arrived, by second from the start.</summary>
    public int[] Calls { get; } = new int[(int)plan.Total.TotalSeconds];

    /// <summary>The time since the start.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    public async ValueTask<string> AskAsync(CancellationToken cancellationToken)
    {
        // Everything follows the simulated clock on its thread; a continuation elsewhere would make the result a matter of luck.
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("The simulation has left its thread.");

        var now = Now;
        if (now < plan.Total)
            Calls[(int)now.TotalSeconds]++;

        if (plan.IsDeadAt(now))
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused.");

        await Task.Delay(Latency, time, cancellationToken);
        return "answer";
    }
}
