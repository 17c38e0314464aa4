using System.Diagnostics;
using System.Text.Json.Nodes;
using LedgerLift.Auditing;

namespace DocumentPipeline.Tests;

/// <summary>What stands in the trail, letter by letter: it is the same in both homes.</summary>
public abstract partial class DocumentStoreContract
{
    /// <summary>The trail of what is no document, in its order.</summary>
    protected abstract Task<IReadOnlyList<AuditEntry>> TrailOfAsync(string resourceType, string resourceId);

    [Fact]
    public async Task Writes_each_step_of_a_document_with_what_is_known_of_it()
    {
        using var span = new Activity("registering").Start();
        var document = await UploadAsync(NewUser());
        var first = await Queue.TakeAsync(document.Id, Lease, Token);
        await Queue.FailAsync(first, "The store was away.", TimeSpan.FromMilliseconds(1), Token);
        await Documents.MoveAsync(document.UserId, document.Id, DocumentStatus.Failed, "Enough.", Somebody, Token);
        await Documents.MoveAsync(document.UserId, document.Id, DocumentStatus.Retrying, message: null, Somebody, Token);
        await Queue.TakeAsync(document.Id, Lease, Token);
        await LetLeasesRunOutAsync();
        var last = await Queue.TakeAsync(document.Id, Lease, Token);
        await Queue.CompleteAsync(last, new Extraction([Artifact(document.Id, 0)], "Only the first page was read."), Token);
        await Documents.DeleteAsync(document.UserId, document.Id, Somebody, Token);

        var trail = await TrailOfAsync(TrailActions.DocumentType, document.Id.ToString());

        (string Action, string? Details)[] expected =
        [
            (
                "document.uploaded",
                $$"""{"contentType":"application/pdf","fileSize":100,"key":"{{document.Key}}","message":"The document was registered.","sha256":"{{document.Sha256}}"}"""
            ),
            ("document.processing", """{"attempt":1,"message":"A worker took the document."}"""),
            ("document.retrying", """{"attempt":1,"message":"The store was away.","retryAfterSeconds":0.001}"""),
            ("document.failed", """{"message":"Enough."}"""),
            ("document.retrying", null),
            ("document.processing", """{"attempt":1,"message":"A worker took the document."}"""),
            ("document.taken_over", """{"attempt":2,"message":"The worker that held the document went silent; another one goes on."}"""),
            ("document.completed", """{"artifacts":1,"attempt":2,"message":"Only the first page was read."}"""),
            ("document.deleted", """{"message":"The document was deleted."}"""),
        ];
        Assert.Equal(expected, trail.Select(entry => (entry.Action, Sorted(entry))));
        Assert.All(trail, entry => Assert.Equal(span.TraceId.ToHexString(), entry.TraceId));
        Assert.Equal(["somebody", null, null, "somebody", "somebody", null, null, null, "somebody"], trail.Select(entry => entry.UserId));
        Assert.Equal(("127.0.0.1", "tests"), (trail[0].IpAddress, trail[0].UserAgent));
    }

    [Fact]
    public async Task Writes_what_happens_to_an_upload_that_is_no_document()
    {
        var reservation = await ReserveAsync(NewUser());
        await Documents.CancelAsync(reservation, Somebody, Token);
        var user = NewUser();
        await Documents.NoteAsync(TrailActions.TokenIssued, TrailActions.UserType, user, Somebody, Token);

        var upload = await TrailOfAsync(TrailActions.UploadType, reservation.Key);
        var noted = await TrailOfAsync(TrailActions.UserType, user);

        Assert.Equal(["upload.announced", "upload.cancelled"], upload.Select(entry => entry.Action));
        Assert.All(upload, entry => Assert.Equal(("somebody", null), (entry.UserId, entry.Details?.GetRawText())));
        Assert.Equal("token.issued", Assert.Single(noted).Action);
    }

    // By name: a database may keep the fields of an object in another order.
    private static string? Sorted(AuditEntry entry) =>
        entry.Details is { } details
            ? new JsonObject(
                JsonNode.Parse(details.GetRawText())!.AsObject().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(Copy)
            ).ToJsonString()
            : null;

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> pair) => new(pair.Key, pair.Value?.DeepClone());
}
