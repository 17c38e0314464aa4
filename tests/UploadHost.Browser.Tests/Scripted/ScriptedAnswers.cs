namespace UploadHost.Browser.Tests;

/// <summary>Answers in the shapes of the HTTP table.</summary>
internal static class ScriptedAnswers
{
    public static object Health() =>
        new
        {
            status = "healthy",
            timestamp = TimeProvider.System.GetUtcNow(),
            issues = Array.Empty<string>(),
            components = new
            {
                database = new
                {
                    status = "healthy",
                    durationMs = 1.4,
                    data = new
                    {
                        inUse = 3,
                        max = 50,
                        utilization = 0.06,
                    },
                },
                s3 = new
                {
                    status = "healthy",
                    durationMs = 8.2,
                    data = new { breaker = "Closed" },
                },
            },
        };

    public static object Statistics(ICollection<ScriptedDocument> documents) =>
        new
        {
            documents = new
            {
                uploaded = 0,
                processing = 0,
                completed = documents.Count,
                failed = 0,
                retrying = 0,
            },
            totalBytes = documents.Sum(document => document.FileSize),
            artifacts = documents.Count,
        };

    public static object Events(ScriptedDocument document) =>
        new
        {
            items = new[] { "document.uploaded", "document.processing", "document.completed" }.Select(
                (type, index) =>
                    new
                    {
                        id = $"{document.Id}-{index}",
                        documentId = document.Id,
                        eventType = type,
                        message = (string?)null,
                        metadata = new { attempt = 1 },
                        requestId = "web-1",
                        createdAt = document.CreatedAt,
                    }
            ),
            nextCursor = (string?)null,
        };

    public static object Artifacts(ScriptedDocument document) =>
        new
        {
            items = new[]
            {
                new
                {
                    id = $"{document.Id}-a",
                    documentId = document.Id,
                    page = 1,
                    type = "text",
                    engine = "pdftotext",
                    confidence = 1.0,
                    box = new
                    {
                        x = 72.0,
                        y = 700.0,
                        width = 100.0,
                        height = 12.0,
                    },
                    data = new { text = "Invoice 4711" },
                    createdAt = document.CreatedAt,
                },
            },
            nextCursor = (string?)null,
        };
}
