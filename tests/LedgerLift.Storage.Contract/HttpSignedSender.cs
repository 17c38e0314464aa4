using System.Net.Http.Headers;

namespace LedgerLift.Storage.Contract;

/// <summary>Sends signed requests over HTTP, as a browser does.</summary>
public static class HttpSignedSender
{
    public static async Task<SignedReply> SendAsync(HttpClient client, SignedSend send, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(send.Method), send.Url);
        if (send.Method is not "GET")
            request.Content = new ReadOnlyMemoryContent(send.Body);
        foreach (var (name, value) in send.Headers)
            Add(request, name, value);
        using var reply = await client.SendAsync(request, cancellationToken);
        var body = await reply.Content.ReadAsByteArrayAsync(cancellationToken);
        return new SignedReply((int)reply.StatusCode, body, reply.Content.Headers.ContentType?.ToString());
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        // The body tells its length itself.
        if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            return;
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            request.Content?.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
        else if (!request.Headers.TryAddWithoutValidation(name, value))
            request.Content?.Headers.TryAddWithoutValidation(name, value);
    }
}
