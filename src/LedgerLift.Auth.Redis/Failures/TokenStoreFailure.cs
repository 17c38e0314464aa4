namespace LedgerLift.Auth.Redis;

/// <summary>Makes the exceptions that leave this package. The causes inside hold ids of users and hashes of tokens, never a jti.</summary>
internal static class TokenStoreFailure
{
    internal static TokenStoreException Of(Exception cause)
    {
        var code = RedisErrors.CodeFor(cause);
        return code switch
        {
            TokenStoreErrorCodes.UnsupportedServer => new TokenStoreException(
                "Redis refused a command. The store needs Redis 7.0 or later and a user who may write its keys.",
                code,
                isTransient: false,
                cause
            ),
            TokenStoreErrorCodes.CorruptRecord => new TokenStoreException(
                "A key in Redis holds another type: something else writes under the same key prefix.",
                code,
                isTransient: false,
                cause
            ),
            _ => new TokenStoreException("Redis did not answer in time, or could not be reached.", code, isTransient: true, cause),
        };
    }

    internal static TokenStoreException CorruptRecord() =>
        new(
            "A record in Redis cannot be read: something else writes under the same key prefix.",
            TokenStoreErrorCodes.CorruptRecord,
            isTransient: false
        );

    internal static TokenStoreException OutcomeUnknown(Exception? cause) =>
        new(
            "The answer to a store was lost, and the token is not live: it was not stored, or it was revoked since. Make a new jti.",
            TokenStoreErrorCodes.OutcomeUnknown,
            isTransient: false,
            cause
        );

    internal static TokenStoreException Duplicate() =>
        new("The jti is known with other values or was revoked; make a new one.", TokenStoreErrorCodes.DuplicateJti, isTransient: false);

    internal static TokenStoreException NotReplicated(int required, long confirmed) =>
        new(
            $"The write happened, but {confirmed} of the {required} replicas asked for confirmed it in time.",
            TokenStoreErrorCodes.NotReplicated,
            isTransient: true
        );

    internal static TokenStoreException NoClusterReplicas() =>
        new(
            $"{nameof(RedisTokenStoreOptions.RequiredReplicas)} works with a single master only; in a cluster set min-replicas-to-write on the servers.",
            TokenStoreErrorCodes.UnsupportedServer,
            isTransient: false
        );
}
