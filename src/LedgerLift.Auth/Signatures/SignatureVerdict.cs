namespace LedgerLift.Auth;

/// <summary>What a verification found. For the inside only: to the outside every verdict but <see cref="Valid"/> must look the same.</summary>
public enum SignatureVerdict
{
    /// <summary>The request is authentic, recent and, with replay protection, seen for the first time.</summary>
    Valid,

    /// <summary>A part the scheme needs is absent or empty.</summary>
    Missing,

    /// <summary>A part cannot be read: a header given twice, a timestamp that is not ten digits, a signature that is no signature.</summary>
    Malformed,

    /// <summary>The timestamp lies further in the past than the tolerance.</summary>
    Stale,

    /// <summary>The timestamp lies further in the future than the tolerance.</summary>
    Future,

    /// <summary>No active key makes this signature over this request.</summary>
    Mismatch,

    /// <summary>The same signed request was accepted before, or the replay guard is full and cannot tell.</summary>
    Replayed,

    /// <summary>The body is longer than allowed; it was not read on.</summary>
    BodyTooLarge,
}
