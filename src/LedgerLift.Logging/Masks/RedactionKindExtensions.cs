namespace LedgerLift.Logging;

internal static class RedactionKindExtensions
{
    /// <summary>The kind's name as placeholders and metric tags show it.</summary>
    public static string Name(this RedactionKind kind) =>
        kind switch
        {
            RedactionKind.Key => "key",
            RedactionKind.Email => "email",
            RedactionKind.Card => "card",
            RedactionKind.Iban => "iban",
            RedactionKind.Jwt => "jwt",
            RedactionKind.Authorization => "authorization",
            RedactionKind.CloudKey => "cloud-key",
            RedactionKind.PrivateKey => "private-key",
            RedactionKind.Assignment => "assignment",
            RedactionKind.UrlUser => "url-user",
            _ => "bytes",
        };
}
