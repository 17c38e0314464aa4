using System.Diagnostics;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>The span of a transaction with all its tries. Npgsql's spans of the commands are its children.</summary>
internal static class TransactionSpan
{
    private const string ErrorType = "error.type";
    private const string StatusCode = "db.response.status_code";

    /// <summary>Starts it; null when nobody listens.</summary>
    internal static Activity? Start(SessionServices services)
    {
        var span = DataMeter.Source.StartActivity("ledgerlift.data.transaction");
        if (span is not { IsAllDataRequested: true })
            return span;
        span.SetTag("db.system.name", "postgresql");
        span.SetTag("db.namespace", services.DatabaseName);
        span.SetTag("db.client.connection.pool.name", services.PoolName);
        return span;
    }

    /// <summary>A try has failed, and another one follows.</summary>
    internal static void Retrying(Activity? span, Exception failure, DatabaseFailure kind)
    {
        if (span is not { IsAllDataRequested: true })
            return;
        var tags = new ActivityTagsCollection { ["ledgerlift.data.failure"] = SessionMetrics.Text(kind), [ErrorType] = TypeOf(failure) };
        if (StateOf(failure) is { } state)
            tags[StatusCode] = state;
        span.AddEvent(new ActivityEvent("ledgerlift.data.attempt_failed", tags: tags));
    }

    /// <summary>It has failed for good.</summary>
    internal static void Failed(Activity? span, Exception failure)
    {
        if (span is null)
            return;
        // No description: a message can quote what the server was sent.
        span.SetStatus(ActivityStatusCode.Error);
        span.SetTag(ErrorType, TypeOf(failure));
        if (StateOf(failure) is { } state)
            span.SetTag(StatusCode, state);
    }

    /// <summary>The outcome of a commit whose reply was lost was looked up.</summary>
    internal static void Reconciled(TransactionOutcome outcome)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
            span.AddEvent(
                new ActivityEvent(
                    "ledgerlift.data.commit_reconciled",
                    tags: new ActivityTagsCollection { ["ledgerlift.data.outcome"] = SessionMetrics.Text(outcome) }
                )
            );
    }

    private static string TypeOf(Exception failure) =>
        failure switch
        {
            DatabaseException known => known.Code,
            _ => StateOf(failure) ?? failure.GetType().FullName!,
        };

    private static string? StateOf(Exception failure) => (FailureCause.Find(failure) as PostgresException)?.SqlState;
}
