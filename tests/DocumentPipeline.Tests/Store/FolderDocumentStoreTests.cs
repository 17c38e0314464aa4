using LedgerLift.Auditing;
using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DocumentPipeline.Tests;

public sealed class FolderDocumentStoreTests : DocumentStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private ServiceProvider _services;

    public FolderDocumentStoreTests() => _services = Open();

    protected override IDocumentStore Documents => _services.GetRequiredService<IDocumentStore>();

    protected override IWorkQueue Queue => _services.GetRequiredService<IWorkQueue>();

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Everything_is_still_there_after_a_restart()
    {
        var document = await UploadAsync(NewUser());
        var item = await Queue.TakeAsync(document.Id, TimeSpan.FromSeconds(30), Token);
        await Queue.CompleteAsync(item, new Extraction([]), Token);
        var reservation = await ReserveAsync(NewUser());
        var events = await Documents.ListEventsAsync(document.Id, 10, null, Token);

        Reopen();

        var found = await Documents.FindAsync(document.UserId, document.Id, deletedToo: false, Token);
        Assert.Equal(DocumentStatus.Completed, found!.Status);
        Assert.Equal(reservation, await Documents.FindReservationAsync(reservation.UserId, reservation.Key, Token));
        var again = await Documents.ListEventsAsync(document.Id, 10, null, Token);
        Assert.Equal(events.Items.Select(entry => entry.Id), again.Items.Select(entry => entry.Id));
    }

    [Theory]
    [InlineData("{\"documents\":[{\"docum")]
    [InlineData("\u00e4")]
    public async Task A_last_line_that_a_crash_cut_short_is_dropped_and_nothing_before_it(string torn)
    {
        var document = await UploadAsync(NewUser());
        await _services.DisposeAsync();
        await File.AppendAllTextAsync(Path.Combine(_folder.Path, "documents.ndjson"), torn, Token);

        _services = Open();
        var next = await UploadAsync(document.UserId);
        Reopen();

        Assert.NotNull(await Documents.FindAsync(document.UserId, document.Id, deletedToo: false, Token));
        Assert.NotNull(await Documents.FindAsync(document.UserId, next.Id, deletedToo: false, Token));
    }

    [Fact]
    public async Task A_second_process_cannot_open_the_folder()
    {
        await UploadAsync(NewUser());

        using var second = Open();

        Assert.Throws<IOException>(() => second.GetRequiredService<IDocumentStore>());
    }

    protected override Task LetLeasesRunOutAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }

    protected override async Task<IReadOnlyList<AuditEntry>> TrailOfAsync(string resourceType, string resourceId) =>
        await _services
            .GetRequiredService<FolderJournal>()
            .ReadAsync<IReadOnlyList<AuditEntry>>(
                state => [.. state.Trail.Where(entry => entry.ResourceType == resourceType && entry.ResourceId == resourceId)],
                Token
            );

    private void Reopen()
    {
        _services.Dispose();
        _services = Open();
    }

    private ServiceProvider Open() =>
        new ServiceCollection().AddSingleton<TimeProvider>(_time).AddFolderDocuments(_folder.Path).BuildServiceProvider();
}
