namespace LedgerLift.Auth;

/// <summary>Every value of <see cref="TokenStoreException.Code"/>. Constants, stable across versions.</summary>
public static class TokenStoreErrorCodes
{
    /// <summary>The jti is known with other values, or was revoked. Not transient: make a new jti.</summary>
    public const string DuplicateJti = "duplicate_jti";

    /// <summary>The server cannot be reached, refused the command or did not answer in time, and the operation certainly or harmlessly did not happen. Transient.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The answer to a store or a rotation was lost: it may have happened. Not transient: the same jti must not be tried again, make a new one.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>The write happened on the master, but fewer replicas than asked for confirmed it in time. Transient: the same call may be repeated.</summary>
    public const string NotReplicated = "not_replicated";

    /// <summary>A record in the server cannot be read: something else writes under the same key prefix. Not transient.</summary>
    public const string CorruptRecord = "corrupt_record";

    /// <summary>The server refused a command it does not know: it is too old, or the command is forbidden. Not transient.</summary>
    public const string UnsupportedServer = "unsupported_server";
}
