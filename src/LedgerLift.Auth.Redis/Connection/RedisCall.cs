using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace LedgerLift.Auth.Redis;

/// <summary>One call of a caller's, from its begin to its end on a thread of the pool: measured, and with one kind of exception.</summary>
/// <remarks>
/// Answers arrive on the one thread that reads all of them. What the caller does next must not hold up the answers of all others, so a call ends on another thread,
/// unless it ended before it had to wait. No async method, since every request of a host makes such a call, and that would copy and allocate more. Objects are used
/// again: each thread keeps one whose caller has its result.
/// </remarks>
internal sealed class RedisCall<T> : IValueTaskSource<T>, IThreadPoolWorkItem
{
    [ThreadStatic]
    private static RedisCall<T>? _free;

    private readonly Action _handOver;
    private TimeProvider _timeProvider = TimeProvider.System;
    private RedisOperation? _operation;
    private Func<T, string>? _outcome;
    private CancellationToken _cancellationToken;
    private long _started;
    private Activity? _span;
    private Activity? _current;
    private ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter _work;

    [SuppressMessage("Major Bug", "S3459:Unassigned members should be removed", Justification = "A struct that its own methods change.")]
    private ManualResetValueTaskSourceCore<T> _core;

    private RedisCall() => _handOver = () => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    /// <summary>Begins a call; the work that is started next is within its span.</summary>
    internal static RedisCall<T> Begin(
        TimeProvider timeProvider,
        RedisOperation operation,
        Func<T, string> outcome,
        CancellationToken cancellationToken
    )
    {
        var call = _free ?? new RedisCall<T>();
        _free = null;
        call._timeProvider = timeProvider;
        call._operation = operation;
        call._outcome = outcome;
        call._cancellationToken = cancellationToken;
        call._started = RedisTelemetry.Start(timeProvider);
        call._span = RedisTelemetry.StartSpan(operation);
        // The call's own span, or its caller's: what is measured at the end belongs to it.
        call._current = call._started == 0 ? call._span : Activity.Current;
        return call;
    }

    /// <summary>Ends the call when the work does.</summary>
    /// <exception cref="TokenStoreException">The server could not do it in time, or the work says so.</exception>
    internal ValueTask<T> RunAsync(ValueTask<T> work)
    {
        var version = _core.Version;
        _work = work.ConfigureAwait(false).GetAwaiter();
        if (_work.IsCompleted)
        {
            End();
        }
        else
        {
            RedisTelemetry.Leave(_span);
            _work.UnsafeOnCompleted(_handOver);
        }

        return new ValueTask<T>(this, version);
    }

    // The pool takes its thread's span away again.
    void IThreadPoolWorkItem.Execute()
    {
        if (_current is not null)
            Activity.Current = _current;
        End();
    }

    T IValueTaskSource<T>.GetResult(short token)
    {
        // A caller that asks twice, or too early, is told so, and must not end the call of another.
        if (_core.GetStatus(token) is ValueTaskSourceStatus.Pending)
            return _core.GetResult(token);
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Keep(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    [SuppressMessage("Design", "CA1031", Justification = "Every failure is passed on, as what it means to the caller.")]
    [SuppressMessage("Usage", "VSTHRD002", Justification = "The work has ended.")]
    private void End()
    {
        T result;
        try
        {
            result = _work.GetResult();
        }
        catch (Exception exception)
        {
            var failure = IsServers(exception) ? TokenStoreFailure.Of(exception) : exception;
            Stop(Describe(failure));
            _core.SetException(failure);
            return;
        }

        Stop(_outcome!(result));
        _core.SetResult(result);
    }

    private void Stop(string outcome)
    {
        RedisTelemetry.Stop(_timeProvider, _started, _span, _operation!, outcome);
        _span?.Dispose();
    }

    private string Describe(Exception failure)
    {
        if (failure is not TokenStoreException exception)
            return failure is OperationCanceledException ? "canceled" : "refused";
        RedisTelemetry.Fail(_span, exception.Code);
        return exception.Code;
    }

    private bool IsServers(Exception exception) =>
        exception switch
        {
            ArgumentException or TokenStoreException => false,
            OperationCanceledException => !_cancellationToken.IsCancellationRequested,
            _ => true,
        };

    private static void Keep(RedisCall<T> call)
    {
        call._core.Reset();
        (call._work, call._outcome, call._cancellationToken) = (default, null, default);
        (call._span, call._current) = (null, null);
        _free = call;
    }
}
