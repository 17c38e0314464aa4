using LedgerLift.Logging;
using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore;

/// <summary>Gives each request its id: to the log, to <see cref="HttpContext.TraceIdentifier"/> and to the answer.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next)
{
    public const string Header = "X-Request-ID";

    public async Task InvokeAsync(HttpContext context)
    {
        var id = InboundRequestId.Choose(context.Request.Headers[Header]);
        context.TraceIdentifier = id;
        // At the last moment: whoever clears a half-made answer clears its headers too.
        context.Response.OnStarting(
            static state =>
            {
                var answered = (HttpContext)state;
                answered.Response.Headers[Header] = answered.TraceIdentifier;
                return Task.CompletedTask;
            },
            context
        );
        using (RequestContext.SetRequestId(id))
            await next(context).ConfigureAwait(false);
    }
}
