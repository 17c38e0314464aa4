using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace LedgerLift.Auth;

/// <summary>Puts a signature on a request that is about to be sent.</summary>
internal sealed class HmacRequestSigner(HmacSignatureOptions options, Func<string> nonces)
{
    private readonly ISignatureScheme _scheme = SignatureSchemes.Of(options.Scheme);
    private readonly SignatureScheme _name = options.Scheme;
    private readonly SignatureHeaders _headers = new(options);
    private readonly long _maxBufferedBytes = options.MaxBodyBytes;

    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "The hash goes back to its key, or is disposed when it was not finished."
    )]
    internal async ValueTask SignAsync(
        HttpRequestMessage request,
        HmacKeyEntry key,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var signed = Describe(request, key, now);
        using var bodyHash = _scheme.CoversBodyHash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var mac = key.Rent();
        try
        {
            if (bodyHash is null)
                _scheme.Append(mac, signed, key.Id, []);
            await SignableContent.AppendAsync(request.Content, bodyHash ?? mac, _maxBufferedBytes, cancellationToken).ConfigureAwait(false);
            if (bodyHash is not null)
                signed = AppendBodyHash(mac, signed, key, bodyHash.GetHashAndReset());
        }
        catch
        {
            mac.Dispose();
            throw;
        }

        var signature = mac.GetHashAndReset();
        key.Return(mac);
        Write(request, signed, signature);
    }

    private SignedRequest AppendBodyHash(IncrementalHash mac, SignedRequest signed, HmacKeyEntry key, byte[] hash)
    {
        _scheme.Append(mac, signed, key.Id, hash);
        return signed with { ContentSha256 = Convert.ToHexStringLower(hash) };
    }

    private SignedRequest Describe(HttpRequestMessage request, HmacKeyEntry key, DateTimeOffset now)
    {
        var signed = new SignedRequest(Signature: null, SignatureText.WriteTimestamp(now), default);
        return _name switch
        {
            SignatureScheme.StandardWebhooks => signed with { MessageId = MessageIdOf(request) },
            SignatureScheme.Canonical => signed with
            {
                Method = request.Method.Method,
                Path = UriOf(request).AbsolutePath,
                Query = UriOf(request).Query,
                Nonce = nonces(),
                KeyId = key.Id,
            },
            _ => signed,
        };
    }

    // The caller's own, or that of the try before: a message keeps its id over all its tries, so that its receiver can tell them from two messages.
    private string MessageIdOf(HttpRequestMessage request) =>
        request.Headers.TryGetValues(_headers.MessageId, out var known) ? string.Join(',', known) : "msg_" + nonces();

    private static Uri UriOf(HttpRequestMessage request) =>
        request.RequestUri is { IsAbsoluteUri: true } uri
            ? uri
            : throw new InvalidOperationException("A request must have an absolute URI before it can be signed.");

    private void Write(HttpRequestMessage request, SignedRequest signed, byte[] signature)
    {
        Set(request, _headers.Timestamp, signed.Timestamp);
        Set(request, _headers.MessageId, signed.MessageId);
        Set(request, _headers.Nonce, signed.Nonce);
        Set(request, _headers.KeyId, signed.KeyId);
        Set(request, _headers.ContentHash, signed.ContentSha256);
        Set(
            request,
            _headers.Signature,
            _name is SignatureScheme.StandardWebhooks
                ? string.Create(CultureInfo.InvariantCulture, $"v1,{Convert.ToBase64String(signature)}")
                : Convert.ToHexStringLower(signature)
        );
    }

    // A try before this one left its own.
    private static void Set(HttpRequestMessage request, string header, string? value)
    {
        if (value is null)
            return;
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
    }
}
