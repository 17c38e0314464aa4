namespace LedgerLift.Auth.Tests;

/// <summary>Stands where the network would: reads what is sent to its end and verifies it, as a server does.</summary>
internal sealed class VerifyingHandler(HmacSignatureVerifier verifier) : HttpMessageHandler
{
    public List<SignatureVerdict> Verdicts { get; } = [];

    public List<byte[]> Bodies { get; } = [];

    public List<HttpRequestMessage> Requests { get; } = [];

    public Dictionary<string, List<string>> Sent { get; } = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await CopyAsync(request.Content, cancellationToken);
        Bodies.Add(body);
        Requests.Add(request);
        Verdicts.Add(await verifier.VerifyAsync(Describe(request, verifier.Headers) with { Body = body }, cancellationToken));
        foreach (var header in request.Headers)
            Sent[header.Key] = [.. Sent.GetValueOrDefault(header.Key, []), string.Join(',', header.Value)];
        return new HttpResponseMessage();
    }

    internal static SignedRequest Describe(HttpRequestMessage request, SignatureHeaders headers) =>
        new(Header(request, headers.Signature), Header(request, headers.Timestamp), default)
        {
            MessageId = Header(request, headers.MessageId),
            Method = request.Method.Method,
            Path = request.RequestUri!.AbsolutePath,
            Query = request.RequestUri.Query,
            Nonce = Header(request, headers.Nonce),
            KeyId = Header(request, headers.KeyId),
            ContentSha256 = Header(request, headers.ContentHash),
        };

    // As a connection does it: the content writes itself to a stream.
    private static async Task<byte[]> CopyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var wire = new MemoryStream();
        await content.CopyToAsync(wire, cancellationToken);
        return wire.ToArray();
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
