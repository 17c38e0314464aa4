using System.Buffers;
using LedgerLift.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LedgerLift.AspNetCore;

/// <summary>
/// Runs an endpoint for signed requests only. Bodies are verified in the server's own pipe before the endpoint runs; a long body whose hash was announced and signed
/// is verified while the endpoint reads it, in constant memory.
/// </summary>
internal sealed class SignedEndpoint(RequestDelegate endpoint, HmacSignatureVerifier verifier)
{
    private const long LongestHeld = 64 * 1024;
    private const int DrainBytes = 64 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        AllowBody(context);
        var request = HttpSignedRequest.Of(context.Request, verifier.Headers);
        if (IsStreamed(request))
        {
            await RunStreamedAsync(context, request).ConfigureAwait(false);
            return;
        }

        var verdict = await verifier.VerifyAsync(request, context.RequestAborted).ConfigureAwait(false);
        if (verdict is not SignatureVerdict.Valid)
        {
            await RefuseAsync(context, verdict).ConfigureAwait(false);
            return;
        }

        // What was verified is still in the reader; with servers whose body is a stream it is nowhere else.
        context.Request.Body = request.Stream!.AsStream(leaveOpen: true);
        await endpoint(context).ConfigureAwait(false);
    }

    private bool IsStreamed(in SignedRequest request) =>
        verifier.Scheme is SignatureScheme.Canonical
        && !string.IsNullOrEmpty(request.ContentSha256)
        && request.ContentLength is null or > LongestHeld;

    private async Task RunStreamedAsync(HttpContext context, SignedRequest request)
    {
        var body = await verifier.OpenAsync(request, context.RequestAborted).ConfigureAwait(false);
        if (body.Content is not { } content)
        {
            await RefuseAsync(context, body.Verdict).ConfigureAwait(false);
            return;
        }

        await using (content.ConfigureAwait(false))
        {
            try
            {
                context.Request.Body = content;
                await endpoint(context).ConfigureAwait(false);
                // An endpoint may stop early, and the framework's JSON reader swallows the refusal: the rest decides.
                if (!body.IsVerified)
                    await DrainAsync(content, context.RequestAborted).ConfigureAwait(false);
            }
            catch (SignedBodyException refused)
            {
                await RefuseAsync(context, refused.Verdict).ConfigureAwait(false);
            }
        }
    }

    private static async Task DrainAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(DrainBytes);
        try
        {
            int read;
            do read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            while (read > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // The verifier's limit is this endpoint's limit, whatever the server's is.
    private static void AllowBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
    }

    private static async Task RefuseAsync(HttpContext context, SignatureVerdict verdict)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        var answers = FailureAnswers.Of(context.RequestServices);
        // The rest of the body is not wanted.
        if (verdict is SignatureVerdict.BodyTooLarge && HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        await ProblemWriter.WriteAsync(context, answers.AnswerTo(verdict), answers).ConfigureAwait(false);
    }
}
