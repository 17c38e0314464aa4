using System.Net;
using System.Net.Sockets;

namespace LedgerLift.Auth.Tests;

/// <summary>A small HTTP server on this machine that hands requests to a verifier as they came over the wire.</summary>
internal static class LoopbackListener
{
    public static HttpListener Start(out Uri address)
    {
        var left = 10;
        while (true)
        {
            address = new Uri($"http://127.0.0.1:{FreePort()}/");
            var listener = new HttpListener();
            listener.Prefixes.Add(address.AbsoluteUri);
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (left-- > 0)
            {
                // Somebody took the port in between.
                listener.Close();
            }
        }
    }

    public static async Task<SignatureVerdict> VerifyNextAsync(HttpListener listener, HmacSignatureVerifier verifier)
    {
        var context = await listener.GetContextAsync();
        var request = context.Request;
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        var target = request.RawUrl!.Split('?', 2);
        var verdict = await verifier.VerifyAsync(
            new SignedRequest(request.Headers[verifier.Headers.Signature], request.Headers[verifier.Headers.Timestamp], body.ToArray())
            {
                MessageId = request.Headers[verifier.Headers.MessageId],
                Method = request.HttpMethod,
                Path = target[0],
                Query = target.Length == 2 ? target[1] : null,
                Nonce = request.Headers[verifier.Headers.Nonce],
                KeyId = request.Headers[verifier.Headers.KeyId],
                ContentSha256 = request.Headers[verifier.Headers.ContentHash],
            }
        );
        context.Response.Close();
        return verdict;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
