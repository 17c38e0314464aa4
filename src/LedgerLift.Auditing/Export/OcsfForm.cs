using System.Net;
using System.Text.Json;

namespace LedgerLift.Auditing;

/// <summary>OCSF 1.8.0, class API Activity (category 6, class 3).</summary>
internal sealed class OcsfForm(string productName) : IExportForm
{
    private const int Category = 6;
    private const int Class = 6003;
    private const int Informational = 1;

    public void Write(Utf8JsonWriter writer, AuditEntry entry)
    {
        var activity = OcsfActivity.Of(entry.Action);
        writer.WriteStartObject();
        writer.WriteNumber("activity_id"u8, activity.Id);
        writer.WriteString("activity_name"u8, activity.Name);
        writer.WriteNumber("category_uid"u8, Category);
        writer.WriteNumber("class_uid"u8, Class);
        writer.WriteNumber("type_uid"u8, (Class * 100L) + activity.Id);
        writer.WriteNumber("severity_id"u8, Informational);
        writer.WriteNumber("time"u8, entry.Timestamp.ToUnixTimeMilliseconds());
        WriteStatus(writer, entry.Result);
        WriteMetadata(writer, entry);
        WriteActor(writer, entry);
        WriteApi(writer, entry);
        WriteEndpoint(writer, entry.IpAddress);
        WriteResource(writer, entry);
        if (!string.IsNullOrEmpty(entry.UserAgent))
            WriteOne(writer, "http_request", "user_agent", entry.UserAgent);
        if (!string.IsNullOrEmpty(entry.TraceId))
            WriteOne(writer, "trace", "uid", entry.TraceId);
        WriteDetails(writer, entry.Details);
        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, string result)
    {
        var (id, caption) = result switch
        {
            "success" => (1, "Success"),
            "failure" or "failed" or "denied" or "error" => (2, "Failure"),
            _ => (99, result),
        };
        writer.WriteNumber("status_id"u8, id);
        writer.WriteString("status"u8, caption);
        writer.WriteString("status_code"u8, result);
    }

    private void WriteMetadata(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartObject("metadata"u8);
        writer.WriteString("version"u8, "1.8.0");
        writer.WriteString("uid"u8, entry.Id);
        // Milliseconds are all that time has.
        writer.WriteString("original_time"u8, AuditInstant.Write(entry.Timestamp));
        if (!string.IsNullOrEmpty(entry.RequestId))
            writer.WriteString("correlation_uid"u8, entry.RequestId);
        writer.WriteStartObject("product"u8);
        writer.WriteString("name"u8, productName);
        writer.WriteEndObject();
        if (!string.IsNullOrEmpty(entry.TraceId))
        {
            writer.WriteStartArray("profiles"u8);
            writer.WriteStringValue("trace");
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private void WriteActor(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartObject("actor"u8);
        // Without a user it was the program itself.
        if (entry.UserId is null)
            writer.WriteString("app_name"u8, productName);
        else
            WriteOne(writer, "user", "uid", entry.UserId);
        writer.WriteEndObject();
    }

    private static void WriteApi(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartObject("api"u8);
        writer.WriteString("operation"u8, entry.Action);
        if (!string.IsNullOrEmpty(entry.RequestId))
            WriteOne(writer, "request", "uid", entry.RequestId);
        writer.WriteEndObject();
    }

    // The endpoint is required and needs a name where it has no address.
    private static void WriteEndpoint(Utf8JsonWriter writer, string? ipAddress)
    {
        if (IPAddress.TryParse(ipAddress, out _))
            WriteOne(writer, "src_endpoint", "ip", ipAddress);
        else
            WriteOne(writer, "src_endpoint", "name", string.IsNullOrEmpty(ipAddress) ? "unknown" : ipAddress);
    }

    private static void WriteResource(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartArray("resources"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, entry.ResourceType);
        if (string.IsNullOrEmpty(entry.ResourceId))
            writer.WriteString("name"u8, entry.ResourceType);
        else
            writer.WriteString("uid"u8, entry.ResourceId);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteDetails(Utf8JsonWriter writer, JsonElement? details)
    {
        if (details is not { } value)
            return;
        writer.WriteStartObject("unmapped"u8);
        writer.WritePropertyName("details"u8);
        value.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static void WriteOne(Utf8JsonWriter writer, string name, string field, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString(field, value);
        writer.WriteEndObject();
    }
}
