using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks.Sources;

namespace LedgerLift.Auth.Redis;

/// <summary>Waits for what the server says of a token of its own, as long as the try may: a yes is passed on at once, with anything else the check goes on.</summary>
/// <remarks>What an async method would do that waits for a task with a cancellation token, in one object instead of three: every request of a host waits here.</remarks>
internal sealed class LiveAnswer : IValueTaskSource<bool>
{
    private readonly ActiveCheck _check;
    private readonly Task<double?> _liveUntil;
    private readonly CancellationToken _cancellationToken;

    [SuppressMessage("Major Bug", "S3459:Unassigned members should be removed", Justification = "A struct that its own methods change.")]
    private ManualResetValueTaskSourceCore<bool> _core;
    private CancellationTokenRegistration _cancellation;
    private int _ended;

    private LiveAnswer(in ActiveCheck check, Task<double?> liveUntil, CancellationToken cancellationToken)
    {
        _check = check;
        _liveUntil = liveUntil;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Waits until the server answers or the token ends the wait; the question itself cannot be taken back, and its late answer is dropped.</summary>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    internal static ValueTask<bool> WaitAsync(in ActiveCheck check, Task<double?> liveUntil, CancellationToken cancellationToken)
    {
        var answer = new LiveAnswer(check, liveUntil, cancellationToken);
        answer._cancellation = cancellationToken.UnsafeRegister(static state => ((LiveAnswer)state!).Cancel(), answer);
        liveUntil.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(answer.Arrive);
        return new ValueTask<bool>(answer, answer._core.Version);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _core.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _check.Store.LookAgain(_cancellationToken);
        _core.SetException(new OperationCanceledException(_cancellationToken));
    }

    private void Arrive()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            // Nobody waits any more. A failure that nobody looks at would be reported as unobserved.
            _ = _liveUntil.Exception;
            return;
        }

        _cancellation.Unregister();
        if (_check.IsYes(_liveUntil))
            _core.SetResult(result: true);
        else
            _ = GoOnAsync();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Every failure is passed on to who waits.")]
    private async Task GoOnAsync()
    {
        bool active;
        try
        {
            active = await _check.Store.GoOnAsync(_check, _liveUntil, _cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _core.SetException(exception);
            return;
        }

        _core.SetResult(active);
    }
}
