using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks.Sources;

namespace LedgerLift.Benchmarks;

/// <summary>A dependency whose answer comes when the benchmark says so, on the benchmark's thread and without an allocation of its own.</summary>
internal sealed class SuspendingDependency : IValueTaskSource<string>
{
    // A mutable struct that is used in place: it must be no readonly field, and its default is its start.
    [SuppressMessage("Major Code Smell", "S3459", Justification = "The default value is the value.")]
    private ManualResetValueTaskSourceCore<string> _source;

    public ValueTask<string> AskAsync() => new(this, _source.Version);

    public void Answer(string value) => _source.SetResult(value);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    public string GetResult(short token)
    {
        var result = _source.GetResult(token);
        _source.Reset();
        return result;
    }
}
