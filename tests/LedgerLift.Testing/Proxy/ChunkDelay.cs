namespace LedgerLift.Testing;

/// <summary>Holds a chunk until its delay is over, as the direction's settings stand meanwhile.</summary>
internal sealed class ChunkDelay(ProxyLane lane, StreamGate gate)
{
    public async ValueTask WaitAsync(Chunk chunk, CancellationToken stopped)
    {
        var (asked, delay) = (default(Func<TimeSpan>), TimeSpan.Zero);
        while (true)
        {
            var changed = gate.Changes.Next;
            if (lane.Settings.Delay is not { } current || gate.Swallows)
                return;
            if (current != asked)
                (asked, delay) = (current, current());
            var left = delay - lane.Time.GetElapsedTime(chunk.ReceivedAt);
            if (left <= TimeSpan.Zero)
                return;
            await Task.WhenAny(Task.Delay(RoundUp(left), lane.Time, stopped), changed);
            stopped.ThrowIfCancellationRequested();
        }
    }

    // Timers count whole milliseconds; rounded down they would fire early and spin.
    private static TimeSpan RoundUp(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
}
