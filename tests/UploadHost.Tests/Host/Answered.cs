using System.Net;
using System.Text.Json.Nodes;

namespace UploadHost.Tests;

/// <summary>An answer of the host, read whole.</summary>
internal sealed record Answered(HttpStatusCode Status, HttpResponseMessage Message, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The answer is null.");

    public string? Code => Json["code"]?.GetValue<string>();

    public string this[string member] => Json[member]!.GetValue<string>();

    /// <summary>Asserts a refusal: its status, its code, and what every refusal has.</summary>
    public Answered IsRefused(HttpStatusCode status, string code)
    {
        Assert.True(Status == status, $"Expected {status} {code}, found {Status}: {Text}");
        Assert.Equal("application/problem+json", Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, Code);
        Assert.NotEmpty(this["requestId"]);
        Assert.Equal(Message.Headers.GetValues("X-Request-ID").Single(), this["requestId"]);
        Assert.True(Json["timestamp"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UnixEpoch);
        if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            Assert.NotNull(Message.Headers.RetryAfter);
        return this;
    }

    /// <summary>Asserts success.</summary>
    public Answered Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {status}, found {Status}: {Text}");
        return this;
    }
}
