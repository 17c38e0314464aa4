namespace DocumentPipeline;

/// <summary>
/// The time as the folder keeps it: whole microseconds, as PostgreSQL has them, and never the same twice, so that newest first has
/// one meaning. Thread-safe.
/// </summary>
internal sealed class FolderClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    public DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        lock (_gate)
            return _last = now > _last ? now : _last.AddMicroseconds(1);
    }
}
