using System.Runtime.ExceptionServices;

namespace LedgerLift.Resilience.Tests;

/// <summary>
/// Runs a few threads of which only the one with the baton moves. At each point that a thread passes, a schedule decides who has the baton next, so
/// an interleaving can be chosen, repeated and enumerated. The threads live as long as the scheduler and are used again and again.
/// </summary>
internal sealed class BatonScheduler : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [ThreadStatic]
    private static Worker? _self;

    private readonly SemaphoreSlim _finished = new(0);
    private readonly List<Worker> _workers = [];
    private readonly List<Worker> _running = [];
    private ISchedule? _schedule;

    /// <summary>Where another thread may go on. Does nothing on threads that belong to no scheduler.</summary>
    public static void Point() => _self?.Owner.PassOn(_self);

    /// <summary>Runs the bodies to their ends under the schedule, and throws what one of them threw.</summary>
    public void Run(ISchedule schedule, params IReadOnlyList<Action> bodies)
    {
        _schedule = schedule;
        while (_workers.Count < bodies.Count)
            _workers.Add(new Worker(this));
        for (var i = 0; i < bodies.Count; i++)
            _workers[i].Body = bodies[i];
        _running.AddRange(_workers.Take(bodies.Count));
        Next().Baton.Release();
        if (!_finished.Wait(Patience))
            throw new TimeoutException("A thread never came to its next point: it waits for another, which waits for the baton.");
        _workers.Find(worker => worker.Failure is not null)?.Failure?.Throw();
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
            worker.Dispose();
        _finished.Dispose();
    }

    private Worker Next() => _running[_running.Count == 1 ? 0 : _schedule!.Choose(_running.Count)];

    private void PassOn(Worker self)
    {
        var next = Next();
        if (next == self)
            return;
        next.Baton.Release();
        self.Baton.Wait();
    }

    private void Finish(Worker self)
    {
        _running.Remove(self);
        if (_running.Count == 0)
            _finished.Release();
        else
            Next().Baton.Release();
    }

    private sealed class Worker : IDisposable
    {
        private readonly Thread _thread;

        public Worker(BatonScheduler owner)
        {
            Owner = owner;
            _thread = new Thread(Loop) { IsBackground = true, Name = "baton" };
            _thread.Start();
        }

        public BatonScheduler Owner { get; }

        public SemaphoreSlim Baton { get; } = new(0);

        public Action? Body { get; set; }

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Dispose()
        {
            Body = null;
            Baton.Release();
            if (_thread.Join(Patience))
                Baton.Dispose();
        }

        private void Loop()
        {
            _self = this;
            for (Baton.Wait(); Body is { } body; Baton.Wait())
            {
                try
                {
                    Failure = null;
                    body();
                }
                catch (Exception exception)
                {
                    Failure = ExceptionDispatchInfo.Capture(exception);
                }

                Owner.Finish(this);
            }
        }
    }
}
