using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Writes problem details, whatever the caller says it accepts.</summary>
internal static class ProblemWriter
{
    public const string RequestIdMember = "requestId";
    public const string TimestampMember = "timestamp";
    public const string CodeMember = "code";

    private const string ContentType = "application/problem+json";

    public static async Task WriteAsync(HttpContext context, ProblemAnswer answer, FailureAnswers answers)
    {
        var body = new ArrayBufferWriter<byte>(512);
        WriteBody(body, context, answer, answers.Now);
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.CacheControl = "no-store";
        AddRetryAfter(response, answer, answers);
        response.ContentType = ContentType;
        response.ContentLength = body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>429 and 503 always say when to come again.</summary>
    public static void AddRetryAfter(HttpResponse response, ProblemAnswer answer, FailureAnswers answers)
    {
        var isPassing = answer.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;
        if ((answer.RetryAfter ?? (isPassing ? answers.RetryAfter : null)) is not { } delay)
            return;

        if (answer.RetryAfter is not null || response.Headers.RetryAfter.Count == 0)
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(delay.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
    }

    private static void WriteBody(IBufferWriter<byte> body, HttpContext context, ProblemAnswer answer, DateTimeOffset now)
    {
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", answer.Title ?? ReasonPhrases.GetReasonPhrase(answer.Status));
        json.WriteNumber("status", answer.Status);
        if (answer.Detail is { } detail)
            json.WriteString("detail", detail);
        json.WriteString(CodeMember, answer.Code);
        json.WriteString(RequestIdMember, context.TraceIdentifier);
        json.WriteString(TimestampMember, now);
        if (answer.Extensions.Count > 0)
            WriteExtensions(json, answer, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        json.WriteEndObject();
    }

    private static void WriteExtensions(Utf8JsonWriter json, ProblemAnswer answer, JsonSerializerOptions options)
    {
        foreach (var (name, value) in answer.Extensions)
        {
            if (name is "type" or "title" or "status" or "detail" or CodeMember or RequestIdMember or TimestampMember)
                continue;

            json.WritePropertyName(name);
            if (value is null)
                json.WriteNullValue();
            else
                JsonSerializer.Serialize(json, value, options.GetTypeInfo(value.GetType()));
        }
    }
}
