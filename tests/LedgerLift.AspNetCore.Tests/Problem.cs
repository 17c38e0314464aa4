using System.Net;
using System.Text.Json;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>Problem details as a caller reads them; anything else fails the test.</summary>
internal sealed record Problem(int Status, string Code, string RequestId, DateTimeOffset Timestamp, JsonElement Body)
{
    public static async Task<Problem> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{(int)response.StatusCode}: {text}");
        var body = JsonDocument.Parse(text).RootElement;
        var problem = new Problem(
            body.GetProperty("status").GetInt32(),
            body.GetProperty("code").GetString()!,
            body.GetProperty("requestId").GetString()!,
            body.GetProperty("timestamp").GetDateTimeOffset(),
            body
        );
        Assert.Equal((int)response.StatusCode, problem.Status);
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), problem.RequestId);
        return problem;
    }

    public static async Task<Problem> ReadAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await ReadAsync(response);
        Assert.Equal((status, code), ((HttpStatusCode)problem.Status, problem.Code));
        return problem;
    }
}
