namespace LedgerLift.Resilience.Tests;

/// <summary>
/// Two threads that report on the same permits, meeting before each. Beside each permit they race for a plain flag that both can win: that they did
/// shows that they were at it in the same instant, and the race goes on until that has happened often enough or for long enough.
/// </summary>
internal sealed class PermitRace(int rounds)
{
    private const int Enough = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly int[] _arrived = new int[rounds];
    private readonly bool[] _taken = new bool[rounds];
    private int _wins;
    private int _rounds;

    public BreakerPermit[] Permits { get; } = new BreakerPermit[rounds];

    public int Collisions => _wins - (_rounds / 2);

    public bool IsOver => Collisions >= Enough || TimeProvider.System.GetElapsedTime(_started) > Longest;

    public void Go(int thread)
    {
        for (var i = 0; i < rounds; i++)
        {
            Meet(ref _arrived[i]);
            if (!Volatile.Read(ref _taken[i]))
            {
                Volatile.Write(ref _taken[i], value: true);
                Interlocked.Increment(ref _wins);
            }

            Meet(ref _arrived[i]);
            Permits[i].Failure();
        }

        Interlocked.Add(ref _rounds, rounds);
    }

    public void Clear()
    {
        Array.Clear(_arrived);
        Array.Clear(_taken);
    }

    // Waits for the other thread, an even number of arrivals; on the spot at first, since giving the core away would spoil the meeting.
    private static void Meet(ref int arrived)
    {
        var even = (Interlocked.Increment(ref arrived) + 1) / 2 * 2;
        var spins = 0;
        while (Volatile.Read(ref arrived) < even)
        {
            if (++spins < 1_000)
                Thread.SpinWait(1);
            else
                Thread.Yield();
        }
    }
}
