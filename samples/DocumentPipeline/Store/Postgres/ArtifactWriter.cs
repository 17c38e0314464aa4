using LedgerLift.Data;
using NpgsqlTypes;

namespace DocumentPipeline;

/// <summary>Writes the artifacts of a document in one stream.</summary>
internal static class ArtifactWriter
{
    private const string Copy = """
        COPY artifacts (id, document_id, ordinal, page, type, engine, object_key, confidence, box_x, box_y, box_width, box_height, data)
        FROM STDIN (FORMAT BINARY)
        """;

    public static async ValueTask WriteAsync(
        DatabaseSession session,
        IReadOnlyList<Artifact> artifacts,
        CancellationToken cancellationToken
    )
    {
        if (artifacts.Count == 0)
            return;
        await using var rows = await session.Connection.BeginBinaryImportAsync(Copy, cancellationToken);
        foreach (var artifact in artifacts)
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(artifact.Id, NpgsqlDbType.Uuid, cancellationToken);
            await rows.WriteAsync(artifact.DocumentId, NpgsqlDbType.Uuid, cancellationToken);
            await rows.WriteAsync(artifact.Ordinal, NpgsqlDbType.Integer, cancellationToken);
            await rows.WriteAsync(artifact.Page, NpgsqlDbType.Integer, cancellationToken);
            await rows.WriteAsync(artifact.Type, NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(artifact.Engine, NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(artifact.ObjectKey, NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(artifact.Confidence, NpgsqlDbType.Double, cancellationToken);
            await rows.WriteAsync(artifact.Box?.X, NpgsqlDbType.Double, cancellationToken);
            await rows.WriteAsync(artifact.Box?.Y, NpgsqlDbType.Double, cancellationToken);
            await rows.WriteAsync(artifact.Box?.Width, NpgsqlDbType.Double, cancellationToken);
            await rows.WriteAsync(artifact.Box?.Height, NpgsqlDbType.Double, cancellationToken);
            await rows.WriteAsync(artifact.Data?.GetRawText(), NpgsqlDbType.Jsonb, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
    }
}
