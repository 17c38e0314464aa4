using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Adds code, requestId and timestamp to the problem details that the framework itself writes, after whatever the host adds.</summary>
internal sealed class ProblemDetailsSetup(FailureAnswers answers) : IPostConfigureOptions<ProblemDetailsOptions>
{
    public void PostConfigure(string? name, ProblemDetailsOptions options)
    {
        var own = options.CustomizeProblemDetails;
        options.CustomizeProblemDetails = context =>
        {
            own?.Invoke(context);
            Complete(context);
        };
    }

    private void Complete(ProblemDetailsContext context)
    {
        var extensions = context.ProblemDetails.Extensions;
        extensions.TryAdd(
            ProblemWriter.CodeMember,
            answers.CodeOf(context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode)
        );
        extensions.TryAdd(ProblemWriter.RequestIdMember, context.HttpContext.TraceIdentifier);
        extensions.TryAdd(ProblemWriter.TimestampMember, answers.Now);
        // Added by the framework from the activity; the request's id is what callers are given.
        extensions.Remove("traceId");
        extensions.Remove("exception");
    }
}
