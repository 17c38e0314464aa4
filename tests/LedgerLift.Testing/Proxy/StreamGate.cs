namespace LedgerLift.Testing;

/// <summary>Whether the bytes of one direction of one connection pass, wait or vanish. Thread-safe.</summary>
internal sealed class StreamGate(FlowMode mode)
{
    private readonly Lock _lock = new();
    private volatile FlowMode _mode = mode;
    private bool _lost;

    public FlowMode Mode => _mode;

    /// <summary>Whether bytes vanish.</summary>
    public bool Swallows => _mode is FlowMode.BlackHole or FlowMode.Ended;

    /// <summary>Beats when the mode has changed; others may beat it too, for what else a waiting pump should look at.</summary>
    public Pulse Changes { get; } = new();

    /// <summary>Changes the mode, but an ended direction stays ended, and one that has lost bytes never speaks again.</summary>
    public void Set(FlowMode mode)
    {
        lock (_lock)
        {
            if (_mode == FlowMode.Ended || (_lost && mode != FlowMode.Ended))
                return;
            _mode = mode;
        }

        Changes.Beat();
    }

    public async ValueTask WhileStalledAsync(CancellationToken stopped)
    {
        for (var next = Changes.Next; _mode == FlowMode.Stall; next = Changes.Next)
            await next.WaitAsync(stopped);
    }

    /// <summary>For somebody with bytes in hand: waits while the direction is stalled.</summary>
    /// <returns>True: they pass. False: they vanish, and from now on all others.</returns>
    public async ValueTask<bool> PassesAsync(CancellationToken stopped)
    {
        while (true)
        {
            await WhileStalledAsync(stopped);
            lock (_lock)
            {
                if (_mode == FlowMode.Pass)
                    return true;
                _lost |= Swallows;
                if (_lost)
                    return false;
            }
        }
    }

    /// <summary>Runs the step only while bytes pass; the mode cannot change under it. Otherwise 0.</summary>
    public int WhilePassing(Func<int> step)
    {
        lock (_lock)
            return _mode == FlowMode.Pass ? step() : 0;
    }
}
