using System.Net.Http.Headers;

namespace LedgerLift.Storage;

/// <summary>
/// Sends and fetches bodies without the SDK, whose copies, chunks and checksums cost more than the network: one signed request each, over the same
/// connections. The payload's SHA-256 is part of the signature, so a store that verifies signatures verifies the body. Thread-safe.
/// </summary>
internal sealed class S3Wire(S3Connection connection, StoreTally tally)
{
    private const long LongEnoughToAsk = 1024 * 1024;
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Sends a body once.</summary>
    /// <exception cref="S3AnswerException">The store refused.</exception>
    /// <exception cref="TimeoutException">The body stood still, or took too long.</exception>
    internal async ValueTask<WireReply> PutAsync(WirePut put, CancellationToken cancellationToken)
    {
        using var watch = new TransferWatch(connection.Options, connection.Time, cancellationToken);
        try
        {
            using var request = await RequestAsync(put, watch).ConfigureAwait(false);
            using var response = await connection
                .Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watch.Token)
                .ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                await S3Answer.ThrowAsync(response, watch.Token).ConfigureAwait(false);
            return new WireReply(S3Answer.Header(response, "ETag"), response.Headers.Date ?? connection.Time.GetUtcNow());
        }
        catch (OperationCanceledException ended) when (!cancellationToken.IsCancellationRequested && watch.HasEnded)
        {
            throw watch.ToTimeout(ended);
        }
    }

    /// <summary>Asks for an object from a position on, up to its headers.</summary>
    /// <param name="key">The object.</param>
    /// <param name="from">The first byte wanted.</param>
    /// <param name="etag">The entity tag that the object must still have; null for any.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>A success, to be disposed.</returns>
    internal async ValueTask<HttpResponseMessage> GetAsync(ObjectKey key, long from, string? etag, CancellationToken cancellationToken)
    {
        var headers = new SignedHeaders();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            UrlOf(new SignatureSubject("GET", connection.Endpoint, key.Value, headers))
        );
        if (from > 0)
            request.Headers.Range = new RangeHeaderValue(from, to: null);
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        await SignAsync(request, new SignatureSubject("GET", connection.Endpoint, key.Value, headers), EmptyHash).ConfigureAwait(false);
        var response = await connection
            .Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            await S3Answer.ThrowAsync(response, cancellationToken).ConfigureAwait(false);
        return response;
    }

    private async ValueTask<HttpRequestMessage> RequestAsync(WirePut put, TransferWatch watch)
    {
        var headers = new SignedHeaders();
        var subject = new SignatureSubject("PUT", connection.Endpoint, put.Key.Value, headers)
        {
            UploadId = put.UploadId,
            PartNumber = put.PartNumber,
        };
        foreach (var (name, value) in put.Headers)
            headers.Add(name, value);
        if (put.CreateOnly)
            headers.Add("if-none-match", "*");
        if (put.ContentType is { } type)
            headers.Add("content-type", type);
        var request = new HttpRequestMessage(HttpMethod.Put, UrlOf(subject)) { Content = new BodyContent(put.Body, tally, watch) };
        // A refusal is known before the body was sent in vain, and not lost in the reset that follows it.
        request.Headers.ExpectContinue = put.CreateOnly && put.Body.Length >= LongEnoughToAsk;
        await SignAsync(request, subject, put.Body.Sha256Hex).ConfigureAwait(false);
        return request;
    }

    private async ValueTask SignAsync(HttpRequestMessage request, SignatureSubject subject, string payloadHash)
    {
        var credentials = await connection.Credentials.GetAsync().ConfigureAwait(false);
        var now = connection.Time.GetUtcNow();
        subject
            .Headers.Add("host", subject.Endpoint.Authority)
            .Add("x-amz-content-sha256", payloadHash)
            .Add("x-amz-date", SigV4.Instant(now));
        if (credentials.UseToken)
            subject.Headers.Add("x-amz-security-token", credentials.Token);
        foreach (var (name, value) in subject.Headers.All)
        {
            if (string.Equals(name, "content-type", StringComparison.Ordinal))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            else if (!string.Equals(name, "host", StringComparison.Ordinal))
                request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", connection.Signer.Authorize(subject, credentials, now, payloadHash));
    }

    private static Uri UrlOf(in SignatureSubject subject)
    {
        var text = new Utf8Text(stackalloc byte[1024]);
        text.Append(subject.Endpoint.Origin);
        subject.Endpoint.WritePath(ref text, subject.Key);
        if (subject.UploadId is { } uploadId)
        {
            text.Append("?uploadId="u8);
            text.AppendEncoded(uploadId, keepSlash: false);
            text.Append("&partNumber="u8);
            text.Append(subject.PartNumber);
        }

        var url = text.ToString();
        text.Dispose();
        return new Uri(url, UriKind.Absolute);
    }
}
