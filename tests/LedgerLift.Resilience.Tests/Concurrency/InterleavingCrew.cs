namespace LedgerLift.Resilience.Tests;

/// <summary>
/// Threads of which exactly one runs at a time, and which hand over only where the code under test yields. Who runs next is the plan's choice, so a run
/// can be repeated and all runs can be enumerated.
/// </summary>
internal sealed class InterleavingCrew : IDisposable
{
    [ThreadStatic]
    private static Worker? current;

    private readonly Worker[] _workers;
    private readonly SemaphoreSlim _done = new(0);
    private readonly List<Worker> _runnable = [];
    private InterleavingPlan _plan = new();
    private Exception? _failure;

    internal InterleavingCrew(int size) => _workers = [.. Enumerable.Range(0, size).Select(_ => new Worker(this))];

    public void Dispose()
    {
        foreach (var worker in _workers)
            worker.Dispose();
        _done.Dispose();
    }

    /// <summary>A point where another worker may be let past; nothing outside a run.</summary>
    internal static void Yield() => current?.Pause();

    /// <summary>Runs the actions to their ends, one worker each, interleaved as the plan says.</summary>
    internal void Run(InterleavingPlan plan, params ReadOnlySpan<Action> actions)
    {
        _plan = plan;
        _failure = null;
        _runnable.Clear();
        for (var i = 0; i < actions.Length; i++)
        {
            _workers[i].Work = actions[i];
            _runnable.Add(_workers[i]);
        }

        HandOver(from: null);
        _done.Wait();
        if (_failure is not null)
            throw new InvalidOperationException("A worker failed.", _failure);
    }

    private Worker? HandOver(Worker? from)
    {
        if (_runnable.Count == 0)
        {
            _done.Release();
            return null;
        }

        // The present worker first: choice 0 is to go on, every other one is a preemption.
        var own = from is null ? -1 : _runnable.IndexOf(from);
        var choice = _plan.Next(_runnable.Count, preempts: own >= 0);
        var index = own < 0 ? choice : (own + choice) % _runnable.Count;
        var next = _runnable[index];
        if (next != from)
            next.Turn.Release();
        return next;
    }

    private sealed class Worker : IDisposable
    {
        private readonly InterleavingCrew _crew;
        private readonly Thread _thread;

        internal Worker(InterleavingCrew crew)
        {
            _crew = crew;
            _thread = new Thread(Loop) { IsBackground = true };
            _thread.Start();
        }

        internal SemaphoreSlim Turn { get; } = new(0);

        internal Action? Work { get; set; }

        public void Dispose()
        {
            Work = null;
            Turn.Release();
            _thread.Join();
            Turn.Dispose();
        }

        internal void Pause()
        {
            if (_crew.HandOver(this) != this)
                Turn.Wait();
        }

        private void Loop()
        {
            current = this;
            for (Turn.Wait(); Work is { } work; Turn.Wait())
            {
                try
                {
                    work();
                }
                catch (Exception failure)
                {
                    _crew._failure ??= failure;
                }

                _crew._runnable.Remove(this);
                _crew.HandOver(this);
            }
        }
    }
}
