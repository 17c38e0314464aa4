namespace LedgerLift.Logging;

/// <summary>What was found in a value, and so the reason why it is not shown.</summary>
public enum RedactionKind
{
    /// <summary>The value stands under a key that is sensitive by its name.</summary>
    Key,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A payment card number: the length and beginning of a card brand, and a right check digit (ISO/IEC 7812-1, Luhn).</summary>
    Card,

    /// <summary>An IBAN: its country's length and a right check number (ISO 13616, ISO 7064 mod 97-10).</summary>
    Iban,

    /// <summary>A JSON Web Token (RFC 7519).</summary>
    Jwt,

    /// <summary>What follows <c>Bearer</c> or <c>Basic</c> (RFC 6750, RFC 7617).</summary>
    Authorization,

    /// <summary>A key or token with a vendor's prefix: AWS, GitHub, GitLab, Slack, Stripe, Google and others.</summary>
    CloudKey,

    /// <summary>A private key in PEM form (RFC 7468).</summary>
    PrivateKey,

    /// <summary>The value behind a sensitive name and <c>=</c> or <c>:</c> in a text, a query string or a connection string.</summary>
    Assignment,

    /// <summary>The user information of a URL (RFC 3986 section 3.2.1).</summary>
    UrlUser,

    /// <summary>Bytes: only their number is shown.</summary>
    Bytes,
}
