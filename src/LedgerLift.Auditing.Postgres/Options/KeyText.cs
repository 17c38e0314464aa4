namespace LedgerLift.Auditing.Postgres;

/// <summary>Keys as options hold them: PEM, or a secret in base64.</summary>
internal static class KeyText
{
    internal static AuditSigningKey Parse(string id, string text) =>
        text.Contains("-----BEGIN", StringComparison.Ordinal)
            ? AuditSigningKey.FromPem(id, text)
            : AuditSigningKey.FromSecret(id, Convert.FromBase64String(text));

    /// <summary>The fault, as the end of a sentence that begins with the option's name; it never repeats the text.</summary>
    internal static string? FaultOf(string? text, bool mustSign)
    {
        const string Wanted = "must be a P-256 key in PEM or at least 32 bytes in base64.";
        if (string.IsNullOrWhiteSpace(text))
            return Wanted;
        try
        {
            using var key = Parse("checked", text);
            return mustSign && !key.CanSign ? "must be a private key: a public one cannot sign." : null;
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException)
        {
            return Wanted;
        }
    }
}
