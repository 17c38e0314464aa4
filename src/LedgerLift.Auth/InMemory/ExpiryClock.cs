namespace LedgerLift.Auth;

/// <summary>The clock by which tokens expire, in milliseconds since the year 1.</summary>
/// <remarks>Exact, with one exception: a system clock that somebody sets is noticed up to 32 ms later. Safe to use from any thread.</remarks>
internal sealed class ExpiryClock(TimeProvider timeProvider)
{
    // Only of the system's clock is it known that it goes as the count of milliseconds does.
    private readonly CoarseClock? _coarse = ReferenceEquals(timeProvider, TimeProvider.System) ? new CoarseClock() : null;

    internal DateTimeOffset GetUtcNow() => timeProvider.GetUtcNow();

    internal long Now() => Instant.ToMilliseconds(GetUtcNow());

    /// <summary>Whether an instant has come.</summary>
    internal bool HasCome(long instant)
    {
        var count = 0L;
        if (_coarse is not null)
        {
            count = Environment.TickCount64;
            if (_coarse.IsFar(instant, count))
                return false;
        }

        var now = Now();
        _coarse?.Learn(count, now);
        return instant <= now;
    }
}
