namespace LedgerLift.Storage;

/// <summary>Tells whether this store signed a request, and whether it is the request that was signed. Thread-safe.</summary>
internal sealed class SignedRequestVerifier(UrlSigner signer, TimeProvider time)
{
    /// <summary>Verifies a URL with its headers.</summary>
    /// <returns>The request, or why it is refused in a word of S3.</returns>
    internal (SignedRequest? Request, string? Refusal) Verify(string method, Uri url, IReadOnlyDictionary<string, string> headers)
    {
        if (SignedQuery.Parse(url) is not { } query || !query.Remove(UrlSigner.SignatureName, out var signature))
            return (null, "AccessDenied");
        if (!query.TryGetValue(SignedNames.Headers, out var names) || SignedHeadersOf(names, headers) is not { } signed)
            return (null, "SignatureDoesNotMatch");
        return signer.Verify(method, query, signed, signature) ? Judge(query, signed) : (null, "SignatureDoesNotMatch");
    }

    /// <summary>Verifies the fields of a form.</summary>
    internal (SignedRequest? Request, string? Refusal) VerifyForm(Dictionary<string, string> fields)
    {
        if (!fields.Remove(UrlSigner.SignatureName, out var signature))
            return (null, "AccessDenied");
        return signer.Verify("POST", fields, ObjectMetadata.None, signature)
            ? Judge(fields, ObjectMetadata.None)
            : (null, "SignatureDoesNotMatch");
    }

    private (SignedRequest? Request, string? Refusal) Judge(
        IReadOnlyDictionary<string, string> values,
        IReadOnlyDictionary<string, string> headers
    )
    {
        // Signed by this store, so everything is there and well-formed; another version of it may have signed something else.
        if (!ObjectKey.TryParse(values.GetValueOrDefault(SignedNames.Key), out var key))
            return (null, "AccessDenied");
        if (SignedRequest.Number(values, SignedNames.Expires) is not { } expiresAt)
            return (null, "AccessDenied");
        return time.GetUtcNow().ToUnixTimeMilliseconds() < expiresAt
            ? (new SignedRequest(key, expiresAt, values, headers), null)
            : (null, "ExpiredToken");
    }

    /// <summary>The signed headers as they came; null when one is missing, or one of this store's own came unsigned.</summary>
    private static Dictionary<string, string>? SignedHeadersOf(string names, IReadOnlyDictionary<string, string> headers)
    {
        var sent = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
            if (!sent.TryAdd(name, value))
                return null;
        var signed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!sent.Remove(name, out var value))
                return null;
            signed[name] = value.Trim();
        }

        return sent.Keys.Any(static name => name.StartsWith(SignedNames.HeaderPrefix, StringComparison.OrdinalIgnoreCase)) ? null : signed;
    }
}
