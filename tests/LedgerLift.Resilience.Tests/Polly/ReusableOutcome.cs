using System.Threading.Tasks.Sources;
using Polly;

namespace LedgerLift.Resilience.Tests;

/// <summary>A dependency whose outcomes are given by hand, and which itself allocates nothing.</summary>
internal sealed class ReusableOutcome : IValueTaskSource<Outcome<int>>
{
    private ManualResetValueTaskSourceCore<Outcome<int>> _core = new() { RunContinuationsAsynchronously = false };

    public Outcome<int> GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    internal ValueTask<Outcome<int>> StartAsync()
    {
        _core.Reset();
        return new ValueTask<Outcome<int>>(this, _core.Version);
    }

    internal void Answer(int result) => _core.SetResult(Outcome.FromResult(result));
}
