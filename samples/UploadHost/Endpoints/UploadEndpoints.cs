using DocumentPipeline;
using LedgerLift.Logging;
using LedgerLift.Storage;
using Microsoft.Extensions.Options;

namespace UploadHost;

/// <summary>An upload by one PUT: announced here, sent to the store itself.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/uploads/presign", PresignAsync).RequireAuthorization().RequireRateLimiting(RateLimits.Presign);

    private static async Task<IResult> PresignAsync(
        PresignRequest request,
        HttpContext context,
        Announcement announcement,
        IObjectStore store,
        IDocumentStore documents,
        IOptions<HostOptions> options
    )
    {
        var reservation = await announcement.CheckAsync(request, context.UserId(), context.RequestAborted);
        var upload = await store.PresignPutAsync(reservation.ToIntent(), context.RequestAborted);
        reservation = reservation with { ExpiresAt = upload.ExpiresAt + options.Value.RegistrationGrace };
        await documents.ReserveAsync(reservation, context.ToActor(), context.RequestAborted);
        return Results.Ok(
            new PresignAnswer(reservation.Key, upload.Url, upload.Method, upload.Headers, upload.ExpiresAt, RequestContext.RequestId)
        );
    }
}
