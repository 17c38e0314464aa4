namespace LedgerLift.Auditing;

/// <summary>Verifies a whole trail where it is kept. Safe to use from any thread.</summary>
public interface IAuditVerifier
{
    /// <summary>Reads everything that was sealed and compares it with the seals, the signatures and the anchors. Changes nothing.</summary>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <returns>What was found. A trail that was tampered with is a finding, not an exception.</returns>
    /// <exception cref="AuditException">The trail cannot be read.</exception>
    Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken = default);
}
