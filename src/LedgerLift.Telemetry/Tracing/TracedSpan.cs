using System.Diagnostics;

namespace LedgerLift.Telemetry;

/// <summary>How a traced operation's span begins and ends.</summary>
internal static class TracedSpan
{
    /// <summary>Ends a span after work that succeeded.</summary>
    public static void Succeed(Activity span)
    {
        span.SetStatus(ActivityStatusCode.Ok);
        span.Dispose();
    }

    /// <summary>Ends a span after work that failed. Work that was cancelled did neither fail nor succeed. Of an exception only the type is kept: its text may hold anything.</summary>
    public static void Fail(Activity span, Exception failure)
    {
        if (failure is not OperationCanceledException)
            span.SetStatus(ActivityStatusCode.Error);

        span.SetTag("error.type", failure.GetType().FullName);
        span.Dispose();
    }

    /// <summary>Ends a span as its task ended.</summary>
    public static void End(Activity span, Task task)
    {
        if (task.IsCompletedSuccessfully)
            Succeed(span);
        else
            Fail(span, task.Exception is { } failure ? failure.InnerException ?? failure : new TaskCanceledException(task));
    }

    /// <summary>Begins a work that goes on behind the call: the span is current inside of it, and the caller's own is current again when this returns.</summary>
    public static TWork Begin<TWork>(Activity span, Func<TWork> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception failure)
        {
            Fail(span, failure);
            throw;
        }
        finally
        {
            if (ReferenceEquals(Activity.Current, span))
                Activity.Current = span.Parent;
        }
    }

    /// <summary>Asks for a stream. Its spans come with its enumerations; only an operation that throws at once has one here.</summary>
    public static TStream Open<TStream>(ActivitySource source, string name, Func<TStream> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception failure)
        {
            if (source.StartActivity(name) is { } span)
                Fail(span, failure);
            throw;
        }
    }
}
