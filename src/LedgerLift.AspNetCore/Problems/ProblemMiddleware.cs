using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore;

/// <summary>The one place where failures become answers.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, FailureAnswers answers)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, the caller gets an answer and the log the exception.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await AnswerAsync(context, failure).ConfigureAwait(false);
            return;
        }

        if (IsUnsaid(context.Response))
            await ProblemWriter.WriteAsync(context, answers.AnswerTo(context.Response.StatusCode), answers).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, Exception failure)
    {
        if (ClientLeft.Caused(failure, context))
        {
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }

        var answer = answers.AnswerTo(failure, context);
        Write(context, failure, answer);
        if (context.Response.HasStarted)
        {
            // The caller must not take half an answer for a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        await ProblemWriter.WriteAsync(context, answer, answers).ConfigureAwait(false);
    }

    private void Write(HttpContext context, Exception failure, ProblemAnswer answer)
    {
        var route = RouteName.Of(context.GetEndpoint());
        if (answer.Status >= StatusCodes.Status500InternalServerError)
            Log.RequestFailed(answers.Logger, failure, MethodName.Of(context.Request.Method), route, answer.Status, answer.Code);
        else
            Log.RequestRefused(answers.Logger, MethodName.Of(context.Request.Method), route, answer.Status, answer.Code, failure.GetType());
    }

    private static bool IsUnsaid(HttpResponse response) =>
        response is { StatusCode: >= 400 and <= 599, HasStarted: false, ContentLength: null or 0 } && response.ContentType is null;
}
