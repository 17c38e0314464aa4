using Microsoft.AspNetCore.Builder;

namespace LedgerLift.AspNetCore;

/// <summary>The outermost part of a pipeline.</summary>
public static class RequestIdApplicationBuilderExtensions
{
    /// <summary>
    /// Gives each request an id and each failure an answer; put it first. The id is the caller's <c>X-Request-ID</c> when that matches
    /// <c>^[A-Za-z0-9._-]{1,128}$</c> and came once, else a new one; it stands on every answer, on every log event of the request and in
    /// <c>HttpContext.TraceIdentifier</c>. An exception that reaches this place, and an answer of 400 or more without a body, become problem details with
    /// <c>code</c>, <c>requestId</c> and <c>timestamp</c>: see <see cref="LedgerLiftAspNetCoreOptions.Failures"/>. An answer that had begun is cut off.
    /// </summary>
    /// <param name="app">The pipeline.</param>
    /// <returns>The same pipeline.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    public static IApplicationBuilder UseLedgerLiftRequestId(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use(static next => new RequestIdMiddleware(next).InvokeAsync);
        var answers = FailureAnswers.Of(app.ApplicationServices);
        return app.Use(next => new ProblemMiddleware(next, answers).InvokeAsync);
    }
}
