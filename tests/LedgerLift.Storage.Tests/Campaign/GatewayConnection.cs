namespace LedgerLift.Storage.Tests;

/// <summary>One connection of a client through the gateway, request after request.</summary>
internal sealed class GatewayConnection(FaultGateway gateway, HttpPeer client)
{
    private const string SlowDown =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                using var server = await gateway.ConnectAsync();
                while (await client.ReadHeadAsync(cancellationToken) is { } request && await PassAsync(request, server, cancellationToken))
                { /* The next request of this connection. */
                }
            }
            catch (Exception over)
                when (over is IOException or OperationCanceledException or ObjectDisposedException or System.Net.Sockets.SocketException)
            {
                // One of the two went away: so does the other.
            }
        }
    }

    /// <summary>Passes one request on, or does a fault to it.</summary>
    /// <returns>Whether the connection can go on.</returns>
    private async Task<bool> PassAsync(HttpHead request, HttpPeer server, CancellationToken cancellationToken)
    {
        gateway.CountRequest();
        var fault = gateway.Draw();
        if (request.ExpectsContinue)
            await client.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n", cancellationToken);
        switch (fault)
        {
            case GatewayFault.AnswerSlowDown:
                await client.CopyAsync(request.Length, to: null, gateway.CountBody, cancellationToken);
                await AnswerSlowDownAsync(request, cancellationToken);
                return true;
            case GatewayFault.ResetRequest:
                await server.WriteAsync(request.Forwarded, cancellationToken);
                await client.CopyAsync(request.Length * gateway.Draw(100) / 100, server, gateway.CountBody, cancellationToken);
                server.Reset();
                client.Reset();
                return false;
            case GatewayFault.Delay:
                await Task.Delay(50 + gateway.Draw(400), cancellationToken);
                break;
            default:
                break;
        }

        await server.WriteAsync(request.Forwarded, cancellationToken);
        await client.CopyAsync(request.Length, server, gateway.CountBody, cancellationToken);
        return await ReplyAsync(request, server, fault, cancellationToken);
    }

    private async Task<bool> ReplyAsync(HttpHead request, HttpPeer server, GatewayFault fault, CancellationToken cancellationToken)
    {
        var reply = await server.ReadHeadAsync(cancellationToken);
        while (reply is { Status: 100 })
            reply = await server.ReadHeadAsync(cancellationToken);
        if (reply is null)
            return false;
        var to = fault == GatewayFault.DropReply ? null : client;
        if (to is not null)
            await to.WriteAsync(reply.Forwarded, cancellationToken);
        if (reply.IsChunked)
            await server.CopyChunksAsync(to, cancellationToken);
        else if (!request.IsHead && reply.Status is not (204 or 304))
            await server.CopyAsync(reply.Length, to, onBytes: null, cancellationToken);
        if (to is null)
            client.Reset();
        return to is not null && !reply.Closes;
    }

    private Task AnswerSlowDownAsync(HttpHead request, CancellationToken cancellationToken)
    {
        var body = request.IsHead ? "" : SlowDown;
        return client.WriteAsync(
            $"HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: {SlowDown.Length}\r\n\r\n{body}",
            cancellationToken
        );
    }
}
