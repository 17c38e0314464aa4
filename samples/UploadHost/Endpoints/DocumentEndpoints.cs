using DocumentPipeline;

namespace UploadHost;

/// <summary>Documents: registered after their upload, listed, tried again, deleted.</summary>
internal static class DocumentEndpoints
{
    private const string Path = "/api/documents";

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        // Not of the group: it would call them "/api/documents/" in traces, metrics and logs.
        routes.MapPost(Path, RegisterAsync).RequireAuthorization().WithRequestTimeout(Timeouts.Transfer);
        routes.MapGet(Path, ListAsync).RequireAuthorization();
        var group = routes.MapGroup(Path).RequireAuthorization();
        group.MapGet("/{id:guid}", FindAsync);
        group.MapGet("/{id:guid}/events", ListEventsAsync);
        group.MapGet("/{id:guid}/artifacts", ListArtifactsAsync);
        group.MapGet("/{id:guid}/content", DocumentContent.GetAsync).WithRequestTimeout(Timeouts.Transfer);
        group.MapPost("/{id:guid}/retry", RetryAsync);
        group.MapDelete("/{id:guid}", DeleteAsync);
        routes.MapGet("/api/statistics", GetStatisticsAsync).RequireAuthorization();
    }

    private static async Task<IResult> RegisterAsync(RegisterRequest request, HttpContext context, Registration registration)
    {
        var document = await registration.RegisterAsync(request, context.UserId(), context.ToActor(), context.RequestAborted);
        return Results.Created($"/api/documents/{document.Id}", Answer.Of(document));
    }

    private static async Task<IResult> ListAsync(
        string? status,
        string? limit,
        string? cursor,
        HttpContext context,
        IDocumentStore documents
    )
    {
        var wanted = default(DocumentStatus);
        if (!string.IsNullOrEmpty(status) && !StatusNames.TryParse(status, out wanted))
            throw RefusedException.Invalid("status", "status_unknown", $"Give one of {StatusNames.All}.");
        var page = await documents.ListAsync(
            context.UserId(),
            string.IsNullOrEmpty(status) ? null : wanted,
            ListQuery.Limit(limit),
            ListCursor.Parse(cursor),
            context.RequestAborted
        );
        return Results.Ok(Answer.Of(page));
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext context, IDocumentStore documents) =>
        Results.Ok(Answer.Of(await GetAsync(id, context, documents)));

    private static async Task<IResult> ListEventsAsync(
        Guid id,
        string? limit,
        string? cursor,
        HttpContext context,
        IDocumentStore documents
    )
    {
        // The trail outlives the document.
        await GetAsync(id, context, documents, deletedToo: true);
        return Results.Ok(Answer.Of(await documents.ListEventsAsync(id, ListQuery.Limit(limit), cursor, context.RequestAborted)));
    }

    private static async Task<IResult> ListArtifactsAsync(
        Guid id,
        string? limit,
        string? cursor,
        HttpContext context,
        IDocumentStore documents
    )
    {
        await GetAsync(id, context, documents);
        var page = await documents.ListArtifactsAsync(id, ListQuery.Limit(limit), ListQuery.After(cursor), context.RequestAborted);
        return Results.Ok(Answer.Of(page));
    }

    private static async Task<IResult> RetryAsync(Guid id, HttpContext context, IDocumentStore documents)
    {
        var moved = await documents.MoveAsync(
            context.UserId(),
            id,
            DocumentStatus.Retrying,
            "Its owner asked for another try.",
            context.ToActor(),
            context.RequestAborted
        );
        return Results.Accepted($"/api/documents/{id}", Answer.Of(moved));
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, IDocumentStore documents, DoomedObjectSweep sweep)
    {
        var doomed = await documents.DeleteAsync(context.UserId(), id, context.ToActor(), context.RequestAborted);
        await sweep.TryRemoveAsync(doomed, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> GetStatisticsAsync(HttpContext context, IDocumentStore documents) =>
        Results.Ok(Answer.Of(await documents.GetStatisticsAsync(context.UserId(), context.RequestAborted)));

    internal static async Task<Document> GetAsync(Guid id, HttpContext context, IDocumentStore documents, bool deletedToo = false) =>
        await documents.FindAsync(context.UserId(), id, deletedToo, context.RequestAborted) ?? throw RefusedException.Missing("document");
}
