namespace LedgerLift.Storage;

/// <summary>
/// Keeps the HTTP stack from sending a request again by itself. It does so when a connection ends before the answer and no body was begun; a request with
/// a body, an empty one too, it sends once. What is repeated is decided, and counted, in one place only.
/// </summary>
internal sealed class SendOnceHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content ??= new ReadOnlyMemoryContent(ReadOnlyMemory<byte>.Empty);
        return base.SendAsync(request, cancellationToken);
    }
}
