using System.Globalization;
using System.Text.Json;

namespace DocumentPipeline.Tests;

/// <summary>What both homes of the documents keep to; each test has users of its own.</summary>
public abstract partial class DocumentStoreContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly Actor Somebody = new("somebody", "127.0.0.1", "tests");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IDocumentStore Documents { get; }

    protected abstract IWorkQueue Queue { get; }

    /// <summary>Makes the leases of before count as run out.</summary>
    protected abstract Task LetLeasesRunOutAsync();

    [Fact]
    public async Task Registers_what_was_reserved_and_writes_its_first_event()
    {
        var document = await UploadAsync(NewUser());

        Assert.Equal(DocumentStatus.Uploaded, document.Status);
        Assert.Equal(document, await Documents.FindAsync(document.UserId, document.Id, deletedToo: false, Token));
        Assert.Null(await Documents.FindReservationAsync(document.UserId, document.Key, Token));
        var events = await Documents.ListEventsAsync(document.Id, 10, cursor: null, Token);
        Assert.Equal("document.uploaded", Assert.Single(events.Items).EventType);
    }

    [Fact]
    public async Task Refuses_a_key_that_nobody_reserved_or_another_user_did()
    {
        var reservation = await ReserveAsync(NewUser());

        var stranger = Of(reservation) with { UserId = NewUser() };
        Assert.Equal(RefusalCodes.NotFound, await CodeOfAsync(() => Documents.RegisterAsync(stranger, Somebody, Token)));
        Assert.Null(await Documents.FindReservationAsync(stranger.UserId, reservation.Key, Token));
        Assert.NotNull(await Documents.FindReservationAsync(reservation.UserId, reservation.Key, Token));
    }

    [Fact]
    public async Task Of_two_registrations_at_once_one_wins_and_the_other_is_a_duplicate()
    {
        for (var round = 0; round < 10; round++)
        {
            var reservation = await ReserveAsync(NewUser());
            var codes = await Task.WhenAll(
                Enumerable.Range(0, 4).Select(_ => CodeOfAsync(() => Documents.RegisterAsync(Of(reservation), Somebody, Token)))
            );

            Assert.Single(codes, code => code is null);
            Assert.Equal(3, codes.Count(code => code == RefusalCodes.Duplicate));
        }
    }

    [Fact]
    public async Task The_same_content_is_a_duplicate_for_its_user_and_for_nobody_else()
    {
        var (user, other, hash) = (NewUser(), NewUser(), NewHash());
        var first = await UploadAsync(user, hash);

        var again = await ReserveAsync(user);
        Assert.Equal(RefusalCodes.Duplicate, await CodeOfAsync(() => Documents.RegisterAsync(Of(again, hash), Somebody, Token)));
        // What was refused can still be swept: the reservation stays.
        Assert.NotNull(await Documents.FindReservationAsync(user, again.Key, Token));
        Assert.NotNull(await UploadAsync(other, hash));
        await Documents.DeleteAsync(user, first.Id, Somebody, Token);
        Assert.NotNull(await Documents.RegisterAsync(Of(again, hash), Somebody, Token));
    }

    [Fact]
    public async Task Lists_newest_first_in_pages_without_gap_or_repetition()
    {
        var user = NewUser();
        var made = new List<Guid>();
        for (var count = 0; count < 7; count++)
            made.Add((await UploadAsync(user)).Id);
        await UploadAsync(NewUser());

        var seen = new List<Guid>();
        ListCursor? cursor = null;
        do
        {
            var page = await Documents.ListAsync(user, status: null, limit: 3, cursor, Token);
            Assert.InRange(page.Items.Count, 1, 3);
            seen.AddRange(page.Items.Select(document => document.Id));
            cursor = ListCursor.Parse(page.NextCursor);
        } while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(made), seen);
        Assert.Empty((await Documents.ListAsync(user, DocumentStatus.Failed, 10, cursor: null, Token)).Items);
    }

    [Fact]
    public async Task Nobody_sees_or_touches_what_is_anothers()
    {
        var document = await UploadAsync(NewUser());
        var stranger = NewUser();

        Assert.Null(await Documents.FindAsync(stranger, document.Id, deletedToo: true, Token));
        Assert.Equal(RefusalCodes.NotFound, await CodeOfAsync(() => Documents.DeleteAsync(stranger, document.Id, Somebody, Token)));
        Assert.Equal(
            RefusalCodes.NotFound,
            await CodeOfAsync(() => Documents.MoveAsync(stranger, document.Id, DocumentStatus.Retrying, null, Somebody, Token))
        );
    }

    [Fact]
    public async Task Deleting_dooms_the_object_and_leaves_the_trail()
    {
        var document = await UploadAsync(NewUser());

        var doomed = await Documents.DeleteAsync(document.UserId, document.Id, Somebody, Token);

        Assert.Equal(document.Key, doomed.Key);
        Assert.Null(await Documents.FindAsync(document.UserId, document.Id, deletedToo: false, Token));
        Assert.NotNull(await Documents.FindAsync(document.UserId, document.Id, deletedToo: true, Token));
        Assert.Contains(await Documents.ListDoomedAsync(1000, Token), one => one.Key == document.Key);
        Assert.Equal("document.deleted", (await Documents.ListEventsAsync(document.Id, 1, null, Token)).Items[0].EventType);
        await Documents.ForgetAsync(doomed, Token);
        Assert.DoesNotContain(await Documents.ListDoomedAsync(1000, Token), one => one.Key == document.Key);
        Assert.Equal(RefusalCodes.NotFound, await CodeOfAsync(() => Documents.DeleteAsync(document.UserId, document.Id, Somebody, Token)));
    }

    [Fact]
    public async Task What_was_cancelled_or_never_registered_is_doomed()
    {
        var cancelled = await ReserveAsync(NewUser());
        var expired = NewReservation(NewUser()) with
        {
            ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1),
            UploadId = NewHash(),
            PartSize = 5,
        };
        await Documents.ReserveAsync(expired, Somebody, Token);

        await Documents.CancelAsync(cancelled, Somebody, Token);
        Assert.Null(await Documents.FindMultipartAsync(expired.UserId, expired.UploadId, Token));
        while (await Documents.DoomExpiredAsync(100, Token) > 0)
        {
            // All of them.
        }

        var doomed = await Documents.ListDoomedAsync(1000, Token);
        Assert.Contains(doomed, one => one.Key == cancelled.Key);
        Assert.Contains(doomed, one => one.Key == expired.Key && one.UploadId == expired.UploadId);
        Assert.Equal(RefusalCodes.NotFound, await CodeOfAsync(() => Documents.RegisterAsync(Of(expired), Somebody, Token)));
    }

    [Fact]
    public async Task Moves_along_the_table_and_writes_each_step_into_the_trail()
    {
        var document = await UploadAsync(NewUser());
        var item = await Queue.TakeAsync(document.Id, Lease, Token);
        Assert.True(await Queue.FailAsync(item, "Unreadable.", retryAfter: null, Token));
        var failed = await Documents.FindAsync(document.UserId, document.Id, deletedToo: false, Token);
        Assert.Equal((DocumentStatus.Failed, "Unreadable."), (failed!.Status, failed.ErrorMessage));

        var moved = await Documents.MoveAsync(document.UserId, document.Id, DocumentStatus.Retrying, "Again.", Somebody, Token);

        Assert.Equal((DocumentStatus.Retrying, null), (moved.Status, moved.ErrorMessage));
        Assert.Equal(
            RefusalCodes.IllegalTransition,
            await CodeOfAsync(() => Documents.MoveAsync(null, document.Id, DocumentStatus.Completed, null, Somebody, Token))
        );
        var events = await Documents.ListEventsAsync(document.Id, 10, null, Token);
        Assert.Equal(
            ["document.retrying", "document.failed", "document.processing", "document.uploaded"],
            events.Items.Select(entry => entry.EventType)
        );
        Assert.Equal("Again.", events.Items[0].Message);
    }

    [Fact]
    public async Task Pages_through_events_and_artifacts()
    {
        var document = await UploadAsync(NewUser());
        var item = await Queue.TakeAsync(document.Id, Lease, Token);
        await Queue.CompleteAsync(
            item,
            new Extraction([.. Enumerable.Range(0, 5).Select(ordinal => Artifact(document.Id, ordinal))]),
            Token
        );

        var first = await Documents.ListArtifactsAsync(document.Id, 3, after: -1, Token);
        var rest = await Documents.ListArtifactsAsync(document.Id, 3, int.Parse(first.NextCursor!, CultureInfo.InvariantCulture), Token);
        Assert.Equal([0, 1, 2, 3, 4], first.Items.Concat(rest.Items).Select(artifact => artifact.Ordinal));
        Assert.Null(rest.NextCursor);
        Assert.Equal("line 4", rest.Items[^1].Data!.Value.GetProperty("text").GetString());
        Assert.Equal(new BoundingBox(1, 2, 3.5, 4), rest.Items[^1].Box);

        var newest = await Documents.ListEventsAsync(document.Id, 2, cursor: null, Token);
        var older = await Documents.ListEventsAsync(document.Id, 2, newest.NextCursor, Token);
        Assert.Equal(3, newest.Items.Concat(older.Items).Select(entry => entry.Id).Distinct().Count());
        Assert.Null(older.NextCursor);
        Assert.Equal(RefusalCodes.ValidationFailed, await CodeOfAsync(() => Documents.ListEventsAsync(document.Id, 2, "foreign!", Token)));
    }

    [Fact]
    public async Task Counts_what_a_user_has()
    {
        var user = NewUser();
        await UploadAsync(user);
        var done = await UploadAsync(user);
        var item = await Queue.TakeAsync(done.Id, Lease, Token);
        await Queue.CompleteAsync(item, new Extraction([Artifact(done.Id, 0), Artifact(done.Id, 1)]), Token);
        var deleted = await UploadAsync(user);
        await Documents.DeleteAsync(user, deleted.Id, Somebody, Token);

        var statistics = await Documents.GetStatisticsAsync(user, Token);

        Assert.Equal(1, statistics.Documents[DocumentStatus.Uploaded]);
        Assert.Equal(1, statistics.Documents[DocumentStatus.Completed]);
        Assert.Equal(0, statistics.Documents[DocumentStatus.Failed]);
        Assert.Equal((200L, 2L), (statistics.TotalBytes, statistics.Artifacts));
    }

    protected static string NewUser() => $"user-{Guid.NewGuid():N}";

    protected static string NewHash() =>
        Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()) + Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());

    protected async Task<Document> UploadAsync(string user, string? hash = null) =>
        await Documents.RegisterAsync(Of(await ReserveAsync(user), hash), Somebody, Token);

    protected async Task<UploadReservation> ReserveAsync(string user)
    {
        var reservation = NewReservation(user);
        await Documents.ReserveAsync(reservation, Somebody, Token);
        return reservation;
    }

    private static UploadReservation NewReservation(string user) =>
        new($"uploads/{Guid.NewGuid():N}/a.pdf", user, "a.pdf", "application/pdf", 100)
        {
            ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1),
        };

    private static Document Of(UploadReservation reservation, string? hash = null) =>
        new(
            Guid.NewGuid(),
            reservation.UserId,
            reservation.Key,
            reservation.FileName,
            reservation.ContentType,
            reservation.FileSize,
            hash ?? NewHash()
        );

    private static Artifact Artifact(Guid document, int ordinal) =>
        new(Guid.NewGuid(), document, 1, "text", "tests")
        {
            Ordinal = ordinal,
            Confidence = 0.5,
            Box = new BoundingBox(1, 2, 3.5, 4),
            Data = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["text"] = $"line {ordinal}" }),
        };

    private static async Task<string?> CodeOfAsync(Func<Task> call) => (await Record.ExceptionAsync(call) as RefusedException)?.Code;
}
