namespace LedgerLift.Auth;

/// <summary>What a rotation did.</summary>
public enum RotationOutcome
{
    /// <summary>The old token is spent, the new one is live.</summary>
    Rotated,

    /// <summary>The old token had been rotated before: somebody holds a copy. The whole family is revoked.</summary>
    ReuseDetected,

    /// <summary>The old token, or its family, was revoked before. Nothing changed.</summary>
    Revoked,

    /// <summary>No such token, or it has expired. Nothing changed.</summary>
    NotFound,

    /// <summary>The token is live but was not stored as the first of a family. Nothing changed.</summary>
    NotInFamily,
}
