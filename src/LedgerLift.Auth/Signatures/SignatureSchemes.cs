namespace LedgerLift.Auth;

/// <summary>The schemes by name.</summary>
internal static class SignatureSchemes
{
    private static readonly TimestampBodyScheme TimestampBody = new();
    private static readonly StandardWebhooksScheme StandardWebhooks = new();
    private static readonly CanonicalScheme Canonical = new();

    internal static ISignatureScheme Of(SignatureScheme scheme) =>
        scheme switch
        {
            SignatureScheme.StandardWebhooks => StandardWebhooks,
            SignatureScheme.Canonical => Canonical,
            _ => TimestampBody,
        };
}
