namespace LedgerLift.Logging;

/// <summary>Parameters that are secrets in a URL and ordinary words elsewhere: authorization codes, signatures and keys.</summary>
internal static class UrlParameters
{
    /// <summary>Whether the parameter's value must not be shown.</summary>
    public static bool IsSensitive(ReadOnlySpan<char> name) =>
        name.Equals("code", StringComparison.OrdinalIgnoreCase)
        || name.Equals("key", StringComparison.OrdinalIgnoreCase)
        || name.Equals("sign", StringComparison.OrdinalIgnoreCase);
}
