using System.Diagnostics;

namespace LedgerLift.Telemetry;

#pragma warning disable VSTHRD003 // The tasks belong to whoever awaits the results; nothing is awaited here.

/// <summary>Ends spans with tasks, before anybody learns of the tasks' end.</summary>
internal static class TracedTask
{
    public static Task FollowAsync(Task task, Activity span)
    {
        if (task.IsCompleted)
        {
            TracedSpan.End(span, task);
            return task;
        }

        var copy = new TaskCompletionSource();
        OnEnd(
            task,
            done =>
            {
                TracedSpan.End(span, done);
                copy.SetFromTask(done);
            }
        );
        return copy.Task;
    }

    public static Task<T> FollowAsync<T>(Task<T> task, Activity span)
    {
        if (task.IsCompleted)
        {
            TracedSpan.End(span, task);
            return task;
        }

        var copy = new TaskCompletionSource<T>();
        OnEnd(
            task,
            done =>
            {
                TracedSpan.End(span, done);
                copy.SetFromTask((Task<T>)done);
            }
        );
        return copy.Task;
    }

    public static ValueTask FollowAsync(in ValueTask task, Activity span) => new(FollowAsync(task.AsTask(), span));

    public static ValueTask<T> FollowAsync<T>(in ValueTask<T> task, Activity span) => new(FollowAsync(task.AsTask(), span));

    /// <summary>For a task whose type is not known: the same object is given back, and the span ends right behind it.</summary>
    public static void Watch(Task task, Activity span)
    {
        if (task.IsCompleted)
            TracedSpan.End(span, task);
        else
            OnEnd(task, done => TracedSpan.End(span, done));
    }

    private static void OnEnd(Task task, Action<Task> end) =>
        _ = task.ContinueWith(end, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
