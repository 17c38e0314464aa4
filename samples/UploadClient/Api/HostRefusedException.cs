using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace UploadClient;

/// <summary>The host, or the store, answered with a refusal; the message is for a person and names the request.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It always has a status.")]
[SuppressMessage("Major Code Smell", "S3871", Justification = "Nobody compiles against a program.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "It always has a status.")]
internal sealed class HostRefusedException(HttpStatusCode status, Problem? problem, TimeSpan? retryAfter) : Exception(Text(status, problem))
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The code of the problem details; null when the answer had none.</summary>
    public string? Code { get; } = problem?.Code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the same call may work later.</summary>
    public bool IsTransient => Status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    /// <summary>Reads the refusal.</summary>
    public static async Task<HostRefusedException> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        Problem? problem = null;
        if (answer.Content.Headers.ContentType?.MediaType is "application/problem+json")
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            problem = System.Text.Json.JsonSerializer.Deserialize(body, ApiJson.Default.Problem);
        }

        return new HostRefusedException(answer.StatusCode, problem, answer.Headers.RetryAfter?.Delta);
    }

    private static string Text(HttpStatusCode status, Problem? problem)
    {
        if (problem is null)
            return $"Refused with status {(int)status}.";
        var more = (problem.Errors ?? [])
            .Select(error => $"{error.Field}: {error.Message}")
            .Concat(
                (problem.Differences ?? []).Select(difference =>
                    $"{difference.Field}: announced {difference.Announced}, found {difference.Found}"
                )
            );
        var text = string.Join(" ", more.Prepend(problem.Detail ?? problem.Title ?? $"Refused with status {(int)status}."));
        return $"{text} (code {problem.Code}, request {problem.RequestId})";
    }
}
