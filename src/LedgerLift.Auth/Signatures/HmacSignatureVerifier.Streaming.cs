using System.IO.Pipelines;

namespace LedgerLift.Auth;

/// <content>Bodies that have yet to be read.</content>
public sealed partial class HmacSignatureVerifier
{
    /// <summary>
    /// Verifies the head of a request and gives a stream that verifies the body while it is read, in constant memory whatever the length. For
    /// <see cref="SignatureScheme.Canonical"/>, whose signature covers the announced hash of the body.
    /// </summary>
    /// <param name="request">The request, with <see cref="SignedRequest.Stream"/> and <see cref="SignedRequest.ContentSha256"/>.</param>
    /// <param name="cancellationToken">Stops waiting for a replay guard.</param>
    /// <returns>The verdict on the head and, when it is <see cref="SignatureVerdict.Valid"/>, the body. What was read of the body may be used only after its end was reached: see <see cref="SignedBody"/>.</returns>
    /// <exception cref="InvalidOperationException">The verifier's scheme is another.</exception>
    /// <exception cref="ArgumentException">The request has no <see cref="SignedRequest.Stream"/>.</exception>
    /// <exception cref="TokenStoreException">The replay guard's server failed: the request must not be accepted.</exception>
    public async ValueTask<SignedBody> OpenAsync(SignedRequest request, CancellationToken cancellationToken = default)
    {
        if (!_scheme.CoversBodyHash)
            throw new InvalidOperationException(
                $"Only the scheme {SignatureScheme.Canonical} can be verified before the body has arrived; this verifier's is {Scheme}."
            );
        if (request.Stream is null)
            throw new ArgumentException($"The request must have a {nameof(request.Stream)}.", nameof(request));
        cancellationToken.ThrowIfCancellationRequested();
        var now = _timeProvider.GetUtcNow();
        if (CheckHead(request, now, out var claim) is { } refusal)
            return new SignedBody(Report(refusal));
        if (!SignatureText.TryReadHex(request.ContentSha256, out var announced))
            return new SignedBody(Report(SignatureVerdict.Missing));
        var verdict = await RegisterAsync(Match(request, claim, now, announced, []), claim, cancellationToken).ConfigureAwait(false);
        return verdict is SignatureVerdict.Valid
            ? new SignedBody(
                new SignedBodyStream(request.Stream, announced, request.ContentLength, MaxBodyBytes, bodyVerdict => Report(bodyVerdict))
            )
            : new SignedBody(verdict);
    }

    private async ValueTask<SignatureVerdict> VerifyStreamAsync(
        SignedRequest request,
        SignatureClaim claim,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        using var body = _scheme.CoversBodyHash ? BodyHashes.OfBody() : BodyHashes.OfKeys(_scheme, request, _ring.Keys, now);
        if (!await ReadAsync(request.Stream!, body, cancellationToken).ConfigureAwait(false))
            return Report(SignatureVerdict.BodyTooLarge);
        var mac = _scheme.CoversBodyHash ? MatchBodyHash(request, claim, now, body.Finish()) : body.FinishMatching(claim);
        return await RegisterAsync(mac, claim, cancellationToken).ConfigureAwait(false);
    }

    // Nothing is consumed: what was examined stays in the reader for whoever reads next.
    private async ValueTask<bool> ReadAsync(PipeReader reader, BodyHashes body, CancellationToken cancellationToken)
    {
        var hashed = 0L;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCanceled)
            {
                reader.AdvanceTo(result.Buffer.Start);
                throw new OperationCanceledException("Reading the body was cancelled.");
            }

            var isTooLarge = result.Buffer.Length > MaxBodyBytes;
            if (!isTooLarge)
            {
                foreach (var segment in result.Buffer.Slice(hashed))
                    body.Append(segment.Span);
                hashed = result.Buffer.Length;
            }

            var isEnd = isTooLarge || result.IsCompleted;
            reader.AdvanceTo(result.Buffer.Start, isEnd ? result.Buffer.Start : result.Buffer.End);
            if (isEnd)
                return !isTooLarge;
        }
    }
}
