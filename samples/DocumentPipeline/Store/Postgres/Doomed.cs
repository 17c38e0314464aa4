using LedgerLift.Data;

namespace DocumentPipeline;

/// <summary>The table of objects that the store still has to lose.</summary>
internal static class Doomed
{
    public static async ValueTask AddAsync(
        DatabaseSession session,
        string key,
        string? uploadId,
        long fileSize,
        long partSize,
        CancellationToken cancellationToken
    ) =>
        await session.ExecuteAsync(
            """
            INSERT INTO doomed_objects (key, upload_id, file_size, part_size) VALUES (@key, @upload, @size, @part)
            ON CONFLICT (key) DO NOTHING
            """,
            cancellationToken,
            ("key", key),
            ("upload", uploadId),
            ("size", fileSize),
            ("part", partSize)
        );

    public static async ValueTask<IReadOnlyList<DoomedObject>> ListAsync(
        DatabaseSession session,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await session.QueryAsync(
            "SELECT key, upload_id, file_size, part_size FROM doomed_objects ORDER BY doomed_at LIMIT @limit",
            Rows.Doomed,
            cancellationToken,
            ("limit", limit)
        );
}
