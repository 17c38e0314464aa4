using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.AspNetCore;

/// <summary>Writes {status, timestamp, issues, components: {name: {status, durationMs, checkedAt, data}}}.</summary>
internal static class HealthWriter
{
    public static async Task WriteAsync(HttpContext context, HealthSnapshot snapshot, HealthDetail detail)
    {
        var body = new ArrayBufferWriter<byte>(512);
        Write(body, snapshot, detail);
        var response = context.Response;
        response.StatusCode = snapshot.Status is HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        response.Headers.CacheControl = "no-store";
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    private static void Write(IBufferWriter<byte> body, HealthSnapshot snapshot, HealthDetail detail)
    {
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("status", NameOf(snapshot.Status));
        json.WriteString("timestamp", snapshot.Timestamp);
        json.WriteStartArray("issues");
        WriteIssues(json, snapshot, detail);
        json.WriteEndArray();
        json.WriteStartObject("components");
        foreach (var component in detail is HealthDetail.None ? [] : snapshot.Components)
            WriteComponent(json, component, detail);

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIssues(Utf8JsonWriter json, HealthSnapshot snapshot, HealthDetail detail)
    {
        if (detail is HealthDetail.None)
            return;

        if (snapshot.HostIssue is { } issue)
            json.WriteStringValue(issue);

        foreach (var component in snapshot.Components)
        {
            if (component.Status is HealthStatus.Healthy)
                continue;

            json.WriteStringValue(
                detail is HealthDetail.Full && component.Description is { } description
                    ? $"{component.Name} is {NameOf(component.Status)}: {HealthText.Clean(description)}"
                    : $"{component.Name} is {NameOf(component.Status)}"
            );
        }
    }

    private static void WriteComponent(Utf8JsonWriter json, ComponentState component, HealthDetail detail)
    {
        json.WriteStartObject(component.Name);
        json.WriteString("status", NameOf(component.Status));
        json.WriteNumber("durationMs", Math.Round(component.Duration.TotalMilliseconds, 3));
        json.WriteString("checkedAt", component.CheckedAt.ToUniversalTime());
        json.WriteStartObject("data");
        if (detail is HealthDetail.Full)
            HealthDataWriter.Write(json, component.Data);

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string NameOf(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "healthy",
            HealthStatus.Degraded => "degraded",
            _ => "unhealthy",
        };
}
