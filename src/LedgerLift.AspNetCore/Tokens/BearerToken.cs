using Microsoft.Extensions.Primitives;

namespace LedgerLift.AspNetCore;

/// <summary>Reads the token from an Authorization header.</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer";

    /// <summary>The token; null when there is no such header or it is of another scheme; empty when it is there and cannot be read.</summary>
    public static string? Read(StringValues headers)
    {
        if (headers.Count == 0)
            return null;

        if (headers.Count > 1)
            return "";

        var header = headers[0].AsSpan().Trim(' ');
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;

        if (header.Length == Scheme.Length)
            return "";

        if (header[Scheme.Length] != ' ')
            return null;

        var token = header[Scheme.Length..].Trim(' ');
        return token.ContainsAny(' ', ',') ? "" : token.ToString();
    }
}
