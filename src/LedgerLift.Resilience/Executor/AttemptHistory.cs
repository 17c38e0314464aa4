using System.Diagnostics;

namespace LedgerLift.Resilience;

/// <summary>The failed attempts of one call. Made on the first failure; a call that succeeds at once never has one.</summary>
internal sealed class AttemptHistory
{
    private static readonly Lock DataLock = new();
    private readonly List<RetryAttempt> _attempts = [];

    internal int Count => _attempts.Count;

    internal void Add(Exception? failure, FailureDisposition disposition, TimeSpan? delay)
    {
        var attempt = new RetryAttempt(_attempts.Count + 1, disposition, failure?.GetType().FullName ?? "result", delay);
        _attempts.Add(attempt);
        AddEvent(attempt);
    }

    /// <summary>Attaches the attempts to the exception that the caller will see.</summary>
    internal void AttachTo(Exception failure)
    {
        // Exception.Data is not thread-safe, and some code throws one exception object to many callers.
        lock (DataLock)
        {
            if (failure.Data is { IsReadOnly: false } data)
            {
                data[RetryAttempt.ExceptionDataKey] = _attempts.ToArray();
            }
        }
    }

    private static void AddEvent(RetryAttempt attempt)
    {
        if (Activity.Current is { IsAllDataRequested: true } activity)
        {
            var tags = new ActivityTagsCollection
            {
                { "retry.attempt", attempt.Number },
                { "retry.disposition", attempt.Disposition.ToString() },
                { "error.type", attempt.ErrorType },
            };
            if (attempt.Delay is { } delay)
            {
                tags.Add("retry.delay", delay.TotalSeconds);
            }

            activity.AddEvent(new ActivityEvent("ledgerlift.resilience.attempt_failed", tags: tags));
        }
    }
}
