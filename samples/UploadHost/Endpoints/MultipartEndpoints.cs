using DocumentPipeline;
using LedgerLift.Storage;
using Microsoft.Extensions.Options;

namespace UploadHost;

/// <summary>An upload in parts: each part is sent to the store itself, and can be sent again.</summary>
internal static class MultipartEndpoints
{
    private const string Path = "/api/uploads/multipart";

    public static void MapMultipart(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, CreateAsync).RequireAuthorization().RequireRateLimiting(RateLimits.Presign);
        var group = routes.MapGroup(Path).RequireAuthorization();
        group.MapGet("/{uploadId}", ListAsync);
        group.MapPost("/{uploadId}/parts/{number:int}", PresignPartAsync);
        group.MapPost("/{uploadId}/complete", CompleteAsync);
        group.MapDelete("/{uploadId}", CancelAsync);
    }

    private static async Task<IResult> CreateAsync(
        PresignRequest request,
        HttpContext context,
        Announcement announcement,
        IMultipartUploads uploads,
        IDocumentStore documents,
        IOptions<HostOptions> options,
        TimeProvider time
    )
    {
        var reservation = await announcement.CheckAsync(request, context.UserId(), context.RequestAborted);
        var upload = await uploads.CreateAsync(reservation.ToIntent(), context.RequestAborted);
        reservation = reservation with
        {
            UploadId = upload.UploadId,
            PartSize = upload.PartSizeBytes,
            // Parts are signed one by one, each with a fresh expiry; the upload as a whole has a day.
            ExpiresAt = time.GetUtcNow() + TimeSpan.FromDays(1),
        };
        try
        {
            await documents.ReserveAsync(reservation, context.ToActor(), context.RequestAborted);
        }
        catch
        {
            // Nobody would ever hear of this upload again.
            await uploads.AbortAsync(upload, CancellationToken.None);
            throw;
        }

        var parts = (int)((upload.Length + upload.PartSizeBytes - 1) / upload.PartSizeBytes);
        var answer = new MultipartAnswer(
            upload.UploadId,
            reservation.Key,
            upload.PartSizeBytes,
            parts,
            reservation.ExpiresAt - options.Value.RegistrationGrace
        );
        return Results.Created($"/api/uploads/multipart/{Uri.EscapeDataString(upload.UploadId)}", answer);
    }

    private static async Task<IResult> ListAsync(string uploadId, HttpContext context, IMultipartUploads uploads, IDocumentStore documents)
    {
        var upload = await FindAsync(uploadId, context, documents);
        var parts = new List<PartItem>();
        await foreach (var part in uploads.ListPartsAsync(upload.ToMultipart(), context.RequestAborted))
            parts.Add(new PartItem(part.Number, part.Length));
        return Results.Ok(new PartListAnswer(parts));
    }

    private static async Task<IResult> PresignPartAsync(
        string uploadId,
        int number,
        HttpContext context,
        IMultipartUploads uploads,
        IDocumentStore documents
    )
    {
        var upload = (await FindAsync(uploadId, context, documents)).ToMultipart();
        var offset = (number - 1) * upload.PartSizeBytes;
        if (number < 1 || offset >= upload.Length)
            throw RefusedException.Missing("part");
        var length = Math.Min(upload.PartSizeBytes, upload.Length - offset);
        var part = await uploads.PresignPartAsync(upload, number, length, context.RequestAborted);
        return Results.Ok(new PartAnswer(part.Url, part.Method, part.Headers));
    }

    private static async Task<IResult> CompleteAsync(
        string uploadId,
        HttpContext context,
        IMultipartUploads uploads,
        IDocumentStore documents
    )
    {
        var upload = await FindAsync(uploadId, context, documents);
        try
        {
            var stored = await uploads.CompleteAsync(upload.ToMultipart(), context.RequestAborted);
            return Results.Ok(new CompletedAnswer(upload.Key, stored.Length));
        }
        catch (StorageException incomplete) when (incomplete.Code == StorageErrorCodes.UploadIncomplete)
        {
            throw new RefusedException(
                RefusalCodes.UploadMissing,
                "Parts are missing; ask for the list of parts, send what is not there, and complete again."
            );
        }
    }

    private static async Task<IResult> CancelAsync(string uploadId, HttpContext context, DoomedObjectSweep sweep, IDocumentStore documents)
    {
        var upload = await FindAsync(uploadId, context, documents);
        await documents.CancelAsync(upload, context.ToActor(), context.RequestAborted);
        await sweep.TryRemoveAsync(new DoomedObject(upload.Key, upload.UploadId, upload.FileSize, upload.PartSize), context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<UploadReservation> FindAsync(string uploadId, HttpContext context, IDocumentStore documents) =>
        await documents.FindMultipartAsync(context.UserId(), uploadId, context.RequestAborted) ?? throw RefusedException.Missing("upload");
}
