using DocumentPipeline;
using LedgerLift.Storage;
using Microsoft.Net.Http.Headers;

namespace UploadHost;

/// <summary>The content of a document: streamed from the store, in ranges too, never shown by the browser itself.</summary>
internal static class DocumentContent
{
    public static async Task GetAsync(Guid id, HttpContext context, IDocumentStore documents, IObjectStore store)
    {
        var document = await DocumentEndpoints.GetAsync(id, context, documents);
        var content = await store.OpenReadAsync(ObjectKey.Parse(document.Key), context.RequestAborted);
        await using var seekable = new ForwardStream(content, document.FileSize);
        var answer = Results.Stream(
            seekable,
            document.ContentType,
            document.FileName,
            document.UpdatedAt,
            // What is stored never changes, so its hash is a strong tag.
            new EntityTagHeaderValue($"\"{document.Sha256}\""),
            enableRangeProcessing: true
        );
        await answer.ExecuteAsync(context);
    }
}
