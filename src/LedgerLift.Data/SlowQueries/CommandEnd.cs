using System.Runtime.ExceptionServices;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Keeps what the last failure on this thread says about a command's end. Npgsql's message about the end does not hold the exception, but is given on the
/// thread that has just thrown it.
/// </summary>
internal static class CommandEnd
{
    [ThreadStatic]
    private static object? t_failedFor;

    [ThreadStatic]
    private static QueryOutcome t_outcome;

    /// <summary>A command of the owner has failed on this thread.</summary>
    internal static void Note(object owner) => t_failedFor = owner;

    /// <summary>A failure whose end was told on another thread must not stick to the next command.</summary>
    internal static void Forget()
    {
        if (t_failedFor is not null)
            t_failedFor = null;
    }

    /// <summary>Whether a command of the owner has failed on this thread and its end was not told yet.</summary>
    internal static bool Take(object owner)
    {
        if (!ReferenceEquals(t_failedFor, owner))
            return false;
        t_failedFor = null;
        return true;
    }

    /// <summary>What the last exception on this thread says; only for a command that is known to have failed.</summary>
    internal static QueryOutcome Last() => t_outcome;

    /// <summary>Sees every exception of the process as it is thrown, and keeps no reference to it.</summary>
    internal static void Saw(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception is NpgsqlException or OperationCanceledException)
            t_outcome = Of(thrown.Exception);
    }

    internal static QueryOutcome Of(Exception failure) =>
        failure switch
        {
            OperationCanceledException => QueryOutcome.Canceled,
            PostgresException answer => OfAnswer(answer),
            NpgsqlException { InnerException: TimeoutException } => QueryOutcome.TimedOut,
            _ => QueryOutcome.Failed,
        };

    // One code stands for the server's time limit and for a cancellation by somebody else; they are told apart by the words.
    private static QueryOutcome OfAnswer(PostgresException answer) =>
        answer.SqlState switch
        {
            SqlStates.QueryCanceled => IsTimeLimit(answer) ? QueryOutcome.TimedOut : QueryOutcome.Canceled,
            SqlStates.LockNotAvailable when IsTimeLimit(answer) => QueryOutcome.TimedOut,
            SqlStates.TransactionTimeout => QueryOutcome.TimedOut,
            _ => QueryOutcome.Failed,
        };

    private static bool IsTimeLimit(PostgresException answer) => answer.MessageText.Contains("timeout", StringComparison.OrdinalIgnoreCase);
}
