using System.Diagnostics;
using System.Globalization;
using DocumentPipeline;
using LedgerLift.Storage;

namespace UploadHost;

/// <summary>Makes a document of an upload: what arrived is compared with what was announced, and nothing the client says now counts.</summary>
internal sealed class Registration(IDocumentStore documents, IObjectStore store, UploadPolicy policy, TimeProvider time)
{
    private const int HeadLength = 4096;

    /// <exception cref="RefusedException"><c>not_found</c>, <c>duplicate_document</c>, <c>validation_failed</c>, <c>upload_missing</c>, <c>upload_mismatch</c>.</exception>
    public async Task<Document> RegisterAsync(RegisterRequest request, string userId, Actor actor, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Key))
            throw RefusedException.Invalid("key", "key_missing", "Give the key that the announcement answered with.");
        var date = Date(request.DocumentDate);
        var reservation = await documents.FindReservationAsync(userId, request.Key, cancellationToken);
        // A key that was registered has no reservation any more; the store of documents tells that from one that never was.
        if (reservation is null)
            return await documents.RegisterAsync(Unreserved(request.Key, userId), actor, cancellationToken);
        var confirmation = await store.ConfirmAsync(reservation.ToIntent(), cancellationToken);
        if (confirmation.Object is null)
            throw new RefusedException(RefusalCodes.UploadMissing, "Nothing has arrived under this key yet; upload the file first.");
        if (!confirmation.Matches)
            throw new RefusedException(RefusalCodes.UploadMismatch, "What arrived is not what was announced.")
            {
                Differences = confirmation.Differences,
            };
        var hash = await ReadAsync(reservation, cancellationToken);
        return await documents.RegisterAsync(ToDocument(reservation, hash, date), actor, cancellationToken);
    }

    private static Document ToDocument(UploadReservation reservation, string hash, DateOnly? date) =>
        new(
            Guid.CreateVersion7(),
            reservation.UserId,
            reservation.Key,
            reservation.FileName,
            reservation.ContentType,
            reservation.FileSize,
            hash
        )
        {
            DocumentDate = date,
            TraceParent = Activity.Current?.Id,
        };

    private static Document Unreserved(string key, string userId) =>
        new(Guid.CreateVersion7(), userId, key, FileName: "", ContentType: "", FileSize: 0, Sha256: Guid.NewGuid().ToString("N"));

    // Confirmed is what was announced; here the content itself is looked at: its first bytes, and its hash where none was announced.
    private async Task<string> ReadAsync(UploadReservation reservation, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenReadAsync(ObjectKey.Parse(reservation.Key), cancellationToken);
        var head = new byte[HeadLength];
        var length = await content.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken);
        var verdict = policy.CheckContent(head.AsSpan(0, length), reservation.ContentType);
        if (!verdict.Accepted)
            throw RefusedException.Invalid([.. verdict.Faults.Select(fault => new FieldError(fault.Field, fault.Code, fault.Message))]);
        return reservation.Sha256 ?? await ContentHash.OfAsync(head.AsMemory(0, length), content, cancellationToken);
    }

    private DateOnly? Date(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw RefusedException.Invalid("documentDate", "date_invalid", "Give a date as YYYY-MM-DD.");
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return date <= today
            ? date
            : throw RefusedException.Invalid(
                "documentDate",
                "date_in_future",
                $"A document cannot be dated after today, which is {today:yyyy-MM-dd} in UTC."
            );
    }
}
