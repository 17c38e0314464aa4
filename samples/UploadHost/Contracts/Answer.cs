using DocumentPipeline;

namespace UploadHost;

/// <summary>The domain as the clients see it.</summary>
internal static class Answer
{
    public static DocumentAnswer Of(Document document) =>
        new(
            document.Id,
            document.Key,
            document.FileName,
            document.ContentType,
            document.FileSize,
            document.Sha256,
            StatusNames.Of(document.Status),
            document.ErrorMessage,
            document.DocumentDate,
            document.CreatedAt,
            document.UpdatedAt
        );

    public static DocumentListAnswer Of(ListPage<Document> page) => new([.. page.Items.Select(Of)], page.NextCursor);

    public static EventListAnswer Of(ListPage<DocumentEvent> page) => new([.. page.Items.Select(Of)], page.NextCursor);

    public static ArtifactListAnswer Of(ListPage<Artifact> page) => new([.. page.Items.Select(Of)], page.NextCursor);

    public static StatisticsAnswer Of(DocumentStatistics statistics) =>
        new(
            statistics.Documents.ToDictionary(pair => StatusNames.Of(pair.Key), pair => pair.Value, StringComparer.Ordinal),
            statistics.TotalBytes,
            statistics.Artifacts
        );

    private static EventAnswer Of(DocumentEvent entry) =>
        new(entry.Id, entry.DocumentId, entry.EventType, entry.Message, entry.Metadata, entry.RequestId, entry.CreatedAt);

    private static ArtifactAnswer Of(Artifact artifact) =>
        new(
            artifact.Id,
            artifact.DocumentId,
            artifact.Page,
            artifact.Type,
            artifact.ObjectKey,
            artifact.Engine,
            artifact.Confidence,
            artifact.Box is { } box ? new BoxAnswer(box.X, box.Y, box.Width, box.Height) : null,
            artifact.Data,
            artifact.CreatedAt
        );
}
