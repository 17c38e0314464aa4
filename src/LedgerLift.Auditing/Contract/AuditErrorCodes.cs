namespace LedgerLift.Auditing;

/// <summary>The values of <see cref="AuditException.Code"/> that this package gives. Constants, stable across versions.</summary>
public static class AuditErrorCodes
{
    /// <summary>The host's redactor threw, so the details cannot be written. Not transient.</summary>
    public const string RedactionFailed = "redaction_failed";

    /// <summary>An anchor sink did not take a checkpoint. Transient.</summary>
    public const string AnchorFailed = "anchor_failed";

    /// <summary>A file is no exported trail, proof or anchor file, or is cut off. Not transient.</summary>
    public const string MalformedTrail = "malformed_trail";
}
