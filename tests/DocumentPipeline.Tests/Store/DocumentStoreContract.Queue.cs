namespace DocumentPipeline.Tests;

public abstract partial class DocumentStoreContract
{
    [Fact]
    public async Task Many_workers_share_the_queue_without_taking_a_document_twice()
    {
        var user = NewUser();
        var made = new HashSet<Guid>();
        for (var count = 0; count < 20; count++)
            made.Add((await UploadAsync(user)).Id);

        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => TakeAllAsync(made), Token)));

        Assert.Equal(made.Order(), taken.SelectMany(ids => ids).Order());
    }

    [Fact]
    public async Task Another_worker_takes_over_a_lease_that_ran_out_and_the_first_can_change_nothing()
    {
        var document = await UploadAsync(NewUser());
        var first = await Queue.TakeAsync(document.Id, Lease, Token);
        Assert.True(await Queue.RenewAsync(first, Lease, Token));
        Assert.Equal(RefusalCodes.IllegalTransition, await CodeOfAsync(() => Queue.TakeAsync(document.Id, Lease, Token)));

        await LetLeasesRunOutAsync();
        var second = await Queue.TakeAsync(document.Id, Lease, Token);

        Assert.Equal(2, second.Attempt);
        Assert.False(await Queue.RenewAsync(first, Lease, Token));
        Assert.False(await Queue.CompleteAsync(first, new Extraction([Artifact(document.Id, 0)]), Token));
        Assert.False(await Queue.FailAsync(first, "Too late.", retryAfter: null, Token));
        Assert.True(await Queue.CompleteAsync(second, new Extraction([Artifact(document.Id, 0)]), Token));
        Assert.Single((await Documents.ListArtifactsAsync(document.Id, 10, -1, Token)).Items);
        Assert.Equal(
            ["document.completed", "document.taken_over", "document.processing", "document.uploaded"],
            (await Documents.ListEventsAsync(document.Id, 10, null, Token)).Items.Select(entry => entry.EventType)
        );
    }

    [Fact]
    public async Task A_document_that_waits_for_another_try_is_not_taken_before()
    {
        var document = await UploadAsync(NewUser());
        var item = await Queue.TakeAsync(document.Id, Lease, Token);

        Assert.True(await Queue.FailAsync(item, "The store was away.", TimeSpan.FromHours(1), Token));

        Assert.Equal(RefusalCodes.IllegalTransition, await CodeOfAsync(() => Queue.TakeAsync(document.Id, Lease, Token)));
        var found = await Documents.FindAsync(document.UserId, document.Id, deletedToo: false, Token);
        Assert.Equal((DocumentStatus.Retrying, "The store was away."), (found!.Status, found.ErrorMessage));
    }

    private async Task<List<Guid>> TakeAllAsync(HashSet<Guid> wanted)
    {
        var taken = new List<Guid>();
        while (await Queue.TakeAsync(Lease, Token) is { } item)
        {
            // The class's other tests leave documents behind.
            if (wanted.Contains(item.Document.Id))
                taken.Add(item.Document.Id);
        }

        return taken;
    }
}
