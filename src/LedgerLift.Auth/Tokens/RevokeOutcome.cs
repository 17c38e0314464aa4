namespace LedgerLift.Auth;

/// <summary>What a revoke did.</summary>
public enum RevokeOutcome
{
    /// <summary>This call ended a live token, or the live one of the token's family. Of several concurrent calls for one token at most one gets this answer.</summary>
    Revoked,

    /// <summary>The token was known but not live any more: revoked, of a family that has ended, or pushed out by the user's limit.</summary>
    AlreadyRevoked,

    /// <summary>No such token, or it has expired.</summary>
    NotFound,
}
