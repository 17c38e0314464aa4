using DocumentPipeline;
using LedgerLift.AspNetCore;

namespace UploadHost;

/// <summary>What other systems report about documents, signed.</summary>
internal static class WebhookEndpoints
{
    /// <summary>The name of the keys in the services.</summary>
    public const string Keys = "webhooks";

    public static void MapWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/documents", ReceiveAsync).RequireHmacSignature(Keys);

    private static async Task<IResult> ReceiveAsync(WebhookRequest request, HttpContext context, IDocumentStore documents)
    {
        if (!Guid.TryParse(request.DocumentId, out var id))
            throw RefusedException.Invalid("documentId", "document_id_invalid", "Give the id of the document.");
        if (!StatusNames.TryParse(request.Status, out var status))
            throw RefusedException.Invalid("status", "status_unknown", $"Give one of {StatusNames.All}.");
        if (request.Message is { Length: > 1000 })
            throw RefusedException.Invalid("message", "message_too_long", "Give a message of up to 1000 characters.");
        var moved = await documents.MoveAsync(userId: null, id, status, request.Message, context.ToActor(), context.RequestAborted);
        return Results.Ok(new WebhookAnswer(moved.Id.ToString(), StatusNames.Of(moved.Status)));
    }
}
