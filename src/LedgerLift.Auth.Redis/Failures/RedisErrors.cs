using LedgerLift.Resilience;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>What the failures of client and server mean. The only place that knows their types and texts.</summary>
internal static class RedisErrors
{
    /// <summary>What a failure says about a command: whether it may have been carried out, and whether it may succeed later.</summary>
    internal static FailureDisposition Judge(Exception failure) =>
        failure switch
        {
            RedisServerException refusal => JudgeRefusal(CodeOf(refusal)),
            // Thrown before a command is written: there is no connection to write it to.
            RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection } =>
                FailureDisposition.NotExecuted,
            RedisConnectionException
            {
                FailureType: ConnectionFailureType.UnableToConnect or ConnectionFailureType.AuthenticationFailure
            } => FailureDisposition.NotExecuted,
            // The client refused to send it, as it knows only replicas of the key.
            RedisCommandException => FailureDisposition.NotExecuted,
            ObjectDisposedException => FailureDisposition.Permanent,
            _ => FailureDisposition.Ambiguous,
        };

    /// <summary>Whether a command was certainly not carried out.</summary>
    internal static bool IsNotExecuted(Exception failure) =>
        failure is RedisServerException || Judge(failure) is FailureDisposition.NotExecuted;

    /// <summary>Whether the client may be talking to the wrong node: one that is gone, or no master any more.</summary>
    internal static bool MayHaveMoved(Exception failure) =>
        failure switch
        {
            RedisServerException refusal => CodeOf(refusal) is "READONLY" or "EXECABORT" or "MASTERDOWN" or "MOVED" or "CLUSTERDOWN",
            RedisConnectionException or RedisCommandException or OperationCanceledException => true,
            _ => false,
        };

    /// <summary>The code of <see cref="TokenStoreErrorCodes"/> for a failure.</summary>
    internal static string CodeFor(Exception failure) =>
        failure is not RedisServerException refusal ? TokenStoreErrorCodes.Unavailable
        : CodeOf(refusal) is "WRONGTYPE" ? TokenStoreErrorCodes.CorruptRecord
        : JudgeRefusal(CodeOf(refusal)) is FailureDisposition.Permanent ? TokenStoreErrorCodes.UnsupportedServer
        : TokenStoreErrorCodes.Unavailable;

    // A refusal is an answer: nothing was carried out. Some pass by themselves (a restart, a failover, a slot that moves, memory that gets free).
    private static FailureDisposition JudgeRefusal(string code) =>
        code switch
        {
            "ERR" or "WRONGTYPE" or "NOAUTH" or "WRONGPASS" or "NOPERM" or "DENIED" or "NOPROTO" => FailureDisposition.Permanent,
            "OOM" or "BUSY" => FailureDisposition.Throttled,
            _ => FailureDisposition.NotExecuted,
        };

    private static string CodeOf(RedisServerException refusal)
    {
        var text = refusal.Message;
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}
