using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Writes the framework's problem details also for callers that did not say that they accept JSON; the framework's own writer comes first.</summary>
internal sealed class UnaskedProblemWriter(IOptions<ProblemDetailsOptions> options, FailureAnswers answers) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        options.Value.CustomizeProblemDetails?.Invoke(context);
        return new ValueTask(ProblemWriter.WriteAsync(context.HttpContext, Convert(context), answers));
    }

    private static ProblemAnswer Convert(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var status = problem.Status ?? context.HttpContext.Response.StatusCode;
        var extensions = new Dictionary<string, object?>(problem.Extensions, StringComparer.Ordinal);
        if (problem is HttpValidationProblemDetails { Errors: var errors })
            extensions.TryAdd("errors", errors);

        return new ProblemAnswer(
            status is >= 400 and <= 599 ? status : StatusCodes.Status500InternalServerError,
            (string)extensions[ProblemWriter.CodeMember]!
        )
        {
            Title = problem.Title,
            Detail = problem.Detail,
            Extensions = extensions,
        };
    }
}
