namespace LedgerLift.Auth.Tests;

/// <summary>
/// Runs pieces of work on threads of which exactly one moves at a time, and lets them change places only where the code under test passes a schedule
/// point: so a run can be repeated, and all runs can be tried one after the other.
/// </summary>
internal sealed class Interleaver : IDisposable
{
    [ThreadStatic]
    private static Seat? ours;

    private readonly Seat[] _seats;
    private readonly SemaphoreSlim _finished = new(0);
    private Interleaving _plan = new(0);
    private Exception? _failure;

    public Interleaver(int threads)
    {
        _seats = [.. Enumerable.Range(0, threads).Select(_ => new Seat())];
        foreach (var seat in _seats)
        {
            seat.Thread = new Thread(() => Serve(seat)) { IsBackground = true };
            seat.Thread.Start();
        }
    }

    /// <summary>A schedule point of the calling thread; nothing on a thread that is not driven.</summary>
    public static void Pass() => ours?.Owner!.MoveOn(ours);

    /// <summary>Runs the work to its end, in the order of the plan.</summary>
    public void Run(Interleaving plan, IReadOnlyList<Action> work)
    {
        _plan = plan;
        for (var i = 0; i < work.Count; i++)
            (_seats[i].Work, _seats[i].Owner, _seats[i].Waits) = (work[i], this, true);
        GiveTurn(from: null);
        _finished.Wait();
        if (_failure is not null)
            throw new InvalidOperationException("A driven thread failed.", _failure);
    }

    public void Dispose()
    {
        foreach (var seat in _seats)
        {
            seat.Work = null;
            seat.Turn.Release();
            seat.Thread!.Join();
            seat.Turn.Dispose();
        }

        _finished.Dispose();
    }

    private void MoveOn(Seat seat)
    {
        if (GiveTurn(seat) != seat)
            seat.Turn.Wait();
    }

    private Seat? GiveTurn(Seat? from)
    {
        var waiting = Array.FindAll(_seats, seat => seat.Waits && seat != from);
        var canStay = from is { Waits: true };
        if (!canStay && waiting.Length == 0)
        {
            _finished.Release();
            return null;
        }

        var choice = _plan.Choose(waiting.Length + (canStay ? 1 : 0), canStay);
        if (canStay && choice == 0)
            return from;
        var next = waiting[canStay ? choice - 1 : choice];
        next.Turn.Release();
        return next;
    }

    private void Serve(Seat seat)
    {
        ours = seat;
        while (true)
        {
            seat.Turn.Wait();
            if (seat.Work is not { } work)
                return;
            try
            {
                work();
            }
            catch (Exception exception)
            {
                _failure ??= exception;
            }

            seat.Waits = false;
            GiveTurn(seat);
        }
    }

    private sealed class Seat
    {
        public SemaphoreSlim Turn { get; } = new(0);

        public Thread? Thread { get; set; }

        public Interleaver? Owner { get; set; }

        public Action? Work { get; set; }

        public bool Waits { get; set; }
    }
}
