using System.Runtime.CompilerServices;

namespace LedgerLift.Auth;

/// <summary>The clock by which tokens expire, in milliseconds since the year 1.</summary>
/// <remarks>
/// Exact, with two exceptions: a system clock that somebody sets is noticed up to 32 ms later, and what expired while the process was stopped for over a minute may
/// be taken to be to come in the moment in which the process goes on (<see cref="TimeKeeper"/>). Safe to use from any thread.
/// </remarks>
internal sealed class ExpiryClock(TimeProvider timeProvider)
{
    // Only of the system's clock is it known that it goes as the count of milliseconds does.
    private readonly CoarseClock? _coarse = ReferenceEquals(timeProvider, TimeProvider.System) ? new CoarseClock() : null;

    internal DateTimeOffset GetUtcNow() => timeProvider.GetUtcNow();

    internal long Now() => Instant.ToMilliseconds(GetUtcNow());

    /// <summary>Whether an instant has come.</summary>
    internal bool HasCome(long instant) => (_coarse is null || !TimeKeeper.IsFar(instant)) && HasComeByClock(instant);

    // Apart from the rest, which every lookup goes through: what is seldom needed would take its registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool HasComeByClock(long instant)
    {
        var count = 0L;
        if (_coarse is not null)
        {
            count = Environment.TickCount64;
            TimeKeeper.Asked(count);
            if (_coarse.IsFar(instant, count))
                return false;
        }

        var now = Now();
        _coarse?.Learn(count, now);
        return instant <= now;
    }
}
