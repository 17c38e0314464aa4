using System.Net.Sockets;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>Looks into exceptions for the one that decides.</summary>
internal static class FailureCause
{
    // What a server answered decides over what was made of it; deeper chains than this are nobody's.
    private const int Deepest = 16;

    /// <summary>The outermost exception of the chain that tells something about the database, or <paramref name="failure"/> itself.</summary>
    internal static Exception Find(Exception failure)
    {
        Exception? current = failure;
        for (var depth = 0; current is not null && depth < Deepest; depth++)
        {
            switch (current)
            {
                case PostgresException or DatabaseException or OperationCanceledException:
                    return current;
                case NpgsqlException broken:
                    return InnerAnswer(broken) ?? broken;
                default:
                    current = current is AggregateException many ? Decisive(many) : current.InnerException;
                    break;
            }
        }

        return failure;
    }

    internal static bool IsTimeout(NpgsqlException broken) => broken.InnerException is TimeoutException;

    internal static bool IsTransport(NpgsqlException broken) =>
        broken.InnerException switch
        {
            AggregateException many => many.InnerExceptions.Any(one =>
                IsTransportType(one)
                || (one is NpgsqlException { InnerException: { } cause } && (IsTransportType(cause) || cause is TimeoutException))
            ),
            NpgsqlException inner => IsTransport(inner) || IsTimeout(inner),
            { } cause => IsTransportType(cause),
            null => false,
        };

    /// <summary>Whether the connection is gone, and it was not the statement's doing.</summary>
    internal static bool IsConnectionLoss(Exception failure)
    {
        var cause = Find(failure);
        if (cause is TransactionRolledBackException { InnerException: { } inner })
            cause = Find(inner);
        return cause switch
        {
            PostgresException answer => SqlStates.IsSessionEnd(answer.SqlState),
            NpgsqlException broken => IsTransport(broken) && !IsTimeout(broken),
            _ => false,
        };
    }

    internal static bool IsTransportType(Exception cause) => cause is SocketException or IOException;

    // Npgsql marks neither by a type or a code: a wait for a pooled connection is told from a slow connect by its words only.
    internal static bool IsPoolExhausted(NpgsqlException broken) =>
        IsTimeout(broken) && broken.Message.StartsWith("The connection pool has been exhausted", StringComparison.Ordinal);

    internal static bool IsNoSuitableHost(NpgsqlException broken) =>
        broken.Message.StartsWith("No suitable host was found", StringComparison.Ordinal);

    // A server that is starting or stopping, or cannot fork, answers the question for encryption with an error, or with its answer and an error behind it, as
    // it is told to end; Npgsql reports only the letter E, or that more came than it expected. Nothing was sent, and another connection is another try.
    internal static bool IsRefusedBeforeEncryption(NpgsqlException broken) =>
        broken.Message.StartsWith("Received unknown response E for ", StringComparison.Ordinal)
        || broken.Message.StartsWith("Additional unencrypted data received after ", StringComparison.Ordinal);

    private static PostgresException? InnerAnswer(NpgsqlException broken)
    {
        Exception? current = broken;
        for (var depth = 0; current is not null && depth < Deepest; depth++)
        {
            if (current is PostgresException answer)
                return answer;
            current = current is AggregateException many ? Decisive(many) : current.InnerException;
        }

        return null;
    }

    // Of several hosts one that could not be reached decides: it may be back at the next try.
    private static Exception? Decisive(AggregateException many) =>
        many.InnerExceptions.FirstOrDefault(one => one is not PostgresException && one is NpgsqlException)
        ?? many.InnerExceptions.FirstOrDefault();
}
