using System.Text.Json;
using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Entries as they come back from the database.</summary>
internal static class EntryColumns
{
    internal const string List =
        "id, ts, action, resource_type, result, resource_id, user_id, ip_address, user_agent, request_id, trace_id, details";

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = AuditEntry.MaxDetailsDepth + 8 };

    internal static AuditEntry Read(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            new DateTimeOffset(row.GetFieldValue<DateTime>(1), TimeSpan.Zero),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4)
        )
        {
            ResourceId = Text(row, 5),
            UserId = Text(row, 6),
            IpAddress = Text(row, 7),
            UserAgent = Text(row, 8),
            RequestId = Text(row, 9),
            TraceId = Text(row, 10),
            Details = Text(row, 11) is { } details ? Parse(details) : null,
        };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static JsonElement Parse(string details)
    {
        using var document = JsonDocument.Parse(details, Json);
        return document.RootElement.Clone();
    }
}
