using System.Threading.Tasks.Sources;

namespace LedgerLift.Resilience.Tests;

/// <summary>A dependency whose answers are given by hand, and which itself allocates nothing.</summary>
internal sealed class ReusableDependency : IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> _core = new() { RunContinuationsAsynchronously = false };

    public int GetResult(short token) => _core.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    internal ValueTask<int> StartAsync()
    {
        _core.Reset();
        return new ValueTask<int>(this, _core.Version);
    }

    internal ValueTask StartWithoutResultAsync()
    {
        _core.Reset();
        return new ValueTask(this, _core.Version);
    }

    internal void Answer(int result) => _core.SetResult(result);
}
