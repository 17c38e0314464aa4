using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore;

/// <summary>A refusal as problem details (RFC 9457): what an exception is answered with, and what an endpoint may return. <c>requestId</c> and <c>timestamp</c> are added when it is written.</summary>
/// <remarks>Immutable and thread-safe when <see cref="Extensions"/> is.</remarks>
public sealed class ProblemAnswer : IResult
{
    /// <summary>Makes an answer.</summary>
    /// <param name="status">The HTTP status, 400 to 599.</param>
    /// <param name="code">Says to programs what happened; stable.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is below 400 or above 599.</exception>
    /// <exception cref="ArgumentException"><paramref name="code"/> is null or blank.</exception>
    public ProblemAnswer(int status, string code)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, StatusCodes.Status400BadRequest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        Status = status;
        Code = code;
    }

    /// <summary>The HTTP status, 400 to 599.</summary>
    public int Status { get; }

    /// <summary>Says to programs what happened.</summary>
    public string Code { get; }

    /// <summary>What happened, for people, the same for every occurrence; null for the phrase of the status.</summary>
    public string? Title { get; init; }

    /// <summary>This occurrence, for people; null for none. It goes to the caller as it is: no exception's text, no host, no user.</summary>
    public string? Detail { get; init; }

    /// <summary>When to try again, rounded up to whole seconds; null for <see cref="LedgerLiftAspNetCoreOptions.RetryAfter"/> with 429 and 503, and for none with others.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>More members, such as <c>errors</c>. Values are written as the host's JSON options say (<c>ConfigureHttpJsonOptions</c>). A name that is taken by the answer itself is left out.</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = FrozenDictionary<string, object?>.Empty;

    /// <summary>Writes the answer.</summary>
    /// <param name="httpContext">The request to answer.</param>
    /// <returns>Ends when it is written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="httpContext"/> is null.</exception>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return ProblemWriter.WriteAsync(httpContext, this, FailureAnswers.Of(httpContext.RequestServices));
    }
}
