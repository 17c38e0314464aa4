namespace LedgerLift.Logging;

/// <summary>What is written in the place of a value that must not be shown.</summary>
public enum RedactionMask
{
    /// <summary>The placeholder alone: <c>[REDACTED]</c>.</summary>
    Fixed,

    /// <summary>The placeholder with what was found: <c>[REDACTED:email]</c>.</summary>
    Typed,

    /// <summary>
    /// The placeholder with 16 hexadecimal digits of HMAC-SHA256 (RFC 2104) over the value: the same value can be followed through the logs, and only
    /// who has the key can tell which it was. Needs <see cref="PiiRedactionOptions.PseudonymKey"/>.
    /// </summary>
    Pseudonym,

    /// <summary>The placeholder with the last four characters, of values with twelve or more; shorter ones show nothing.</summary>
    KeepLast4,
}
