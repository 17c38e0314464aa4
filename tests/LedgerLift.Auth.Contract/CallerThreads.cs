using System.Collections.Concurrent;

namespace LedgerLift.Auth.Contract;

/// <summary>Threads that start a piece of work at the very same moment, again and again.</summary>
internal sealed class CallerThreads : IDisposable
{
    private readonly Barrier _rounds;
    private readonly Thread[] _threads;
    private readonly ConcurrentQueue<Exception> _failures = new();
    private Action<int>? _work;
    private int _awaited;

    public CallerThreads(int count)
    {
        _rounds = new Barrier(count + 1);
        _threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() => Work(number)) { IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    public int Count => _threads.Length;

    /// <summary>Lets each thread do its part; returns when all are done.</summary>
    public void Run(Action<int> work)
    {
        _work = work;
        Volatile.Write(ref _awaited, Count);
        _rounds.SignalAndWait();
        _rounds.SignalAndWait();
        Assert.Empty(_failures);
    }

    public void Dispose()
    {
        _work = null;
        _rounds.SignalAndWait();
        foreach (var thread in _threads)
            thread.Join();
        _rounds.Dispose();
    }

    private void Work(int number)
    {
        while (true)
        {
            _rounds.SignalAndWait();
            if (_work is not { } work)
                return;
            StartTogether();
            try
            {
                work(number);
            }
            catch (Exception exception)
            {
                _failures.Enqueue(exception);
            }

            _rounds.SignalAndWait();
        }
    }

    // A barrier wakes threads microseconds apart, longer than a whole call takes; so the last step is a spin.
    private void StartTogether()
    {
        Interlocked.Decrement(ref _awaited);
        var spins = 0;
        while (Volatile.Read(ref _awaited) > 0)
        {
            spins++;
            if (spins > 10_000)
                Thread.Yield();
            else
                Thread.SpinWait(1);
        }
    }
}
