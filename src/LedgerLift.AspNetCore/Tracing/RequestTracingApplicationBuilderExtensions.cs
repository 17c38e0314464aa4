using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Tracing of requests.</summary>
public static class RequestTracingApplicationBuilderExtensions
{
    /// <summary>
    /// Counts and times requests (<see cref="AspNetCoreDiagnostics"/>) and writes method, route, status and request id on the framework's own span, which stays the only
    /// one; put it behind <c>UseLedgerLiftRequestId</c>. Answers get the header <c>X-Trace-ID</c>.
    /// </summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns>The same pipeline.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message names all faults.</exception>
    public static IApplicationBuilder UseLedgerLiftRequestTracing(
        this IApplicationBuilder app,
        Action<RequestTracingOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = new RequestTracingOptions();
        configure?.Invoke(options);
        if (new RequestTracingOptionsValidator().Validate(Options.DefaultName, options) is { Failed: true } result)
            throw new ArgumentException(result.FailureMessage, nameof(configure));

        var answers = FailureAnswers.Of(app.ApplicationServices);
        var time = app.ApplicationServices.GetService<TimeProvider>() ?? TimeProvider.System;
        return app.Use(next => new RequestTracingMiddleware(next, options, answers, time).InvokeAsync);
    }
}
