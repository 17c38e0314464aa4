using System.Text.Json;
using Npgsql;

namespace DocumentPipeline;

/// <summary>Reads rows, by the column lists that stand beside.</summary>
internal static class Rows
{
    public const string DocumentColumns =
        "id, user_id, key, file_name, content_type, file_size, sha256, status, error_message, document_date, created_at, updated_at, deleted_at, "
        + "trace_parent";

    public const string ReservationColumns =
        "key, user_id, file_name, content_type, file_size, sha256, md5, upload_id, part_size, expires_at";

    public const string ArtifactColumns =
        "id, document_id, page, type, engine, ordinal, object_key, confidence, box_x, box_y, box_width, box_height, data::text, created_at";

    public static Document Document(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetString(6))
        {
            Status = StatusNames.Parse(row.GetString(7)),
            ErrorMessage = Text(row, 8),
            DocumentDate = row.IsDBNull(9) ? null : row.GetFieldValue<DateOnly>(9),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(10),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(11),
            DeletedAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
            TraceParent = Text(row, 13),
        };

    public static UploadReservation Reservation(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4))
        {
            Sha256 = Text(row, 5),
            Md5 = Text(row, 6),
            UploadId = Text(row, 7),
            PartSize = row.GetInt64(8),
            ExpiresAt = row.GetFieldValue<DateTimeOffset>(9),
        };

    public static Artifact Artifact(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetGuid(1), row.GetInt32(2), row.GetString(3), row.GetString(4))
        {
            Ordinal = row.GetInt32(5),
            ObjectKey = Text(row, 6),
            Confidence = row.IsDBNull(7) ? null : row.GetDouble(7),
            Box = row.IsDBNull(8) ? null : new BoundingBox(row.GetDouble(8), row.GetDouble(9), row.GetDouble(10), row.GetDouble(11)),
            Data = Text(row, 12) is { } data ? Json(data) : null,
            CreatedAt = row.GetFieldValue<DateTimeOffset>(13),
        };

    public static DoomedObject Doomed(NpgsqlDataReader row) => new(row.GetString(0), Text(row, 1), row.GetInt64(2), row.GetInt64(3));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
