namespace LedgerLift.Auditing.Contract;

public abstract partial class AuditLoggerContract
{
    [Fact]
    public async Task The_last_page_has_no_cursor_even_when_it_is_full()
    {
        var logger = await CreateAsync();
        await LogAsync(logger, 4, apart: TimeSpan.FromSeconds(1));

        var first = await logger.QueryAsync(new AuditFilters { Limit = 2 });
        var second = await logger.QueryAsync(new AuditFilters { Limit = 2, Cursor = first.NextCursor });

        Assert.NotNull(first.NextCursor);
        Assert.Equal(2, second.Entries.Count);
        Assert.Null(second.NextCursor);
    }

    [Fact]
    public async Task Pages_may_have_different_sizes()
    {
        var logger = await CreateAsync();
        var logged = await LogAsync(logger, 5, apart: TimeSpan.Zero);

        var first = await logger.QueryAsync(new AuditFilters { Limit = 1 });
        var rest = await logger.QueryAsync(new AuditFilters { Limit = 100, Cursor = first.NextCursor });

        Assert.Equal(AuditModel.Query(logged, new AuditFilters()), [.. first.Entries, .. rest.Entries]);
    }

    [Fact]
    public async Task A_foreign_cursor_is_refused()
    {
        var logger = await CreateAsync();
        await LogAsync(logger, 3, apart: TimeSpan.FromSeconds(1));
        var cursor = (await logger.QueryAsync(new AuditFilters { Limit = 1 })).NextCursor!;
        var changed = (cursor[10] == 'A' ? 'B' : 'A') + cursor[11..];

        await RefusedAsync(logger, new AuditFilters { Cursor = "" });
        await RefusedAsync(logger, new AuditFilters { Cursor = "x" });
        await RefusedAsync(logger, new AuditFilters { Cursor = "\ud800" });
        await RefusedAsync(logger, new AuditFilters { Cursor = cursor[..^1] });
        await RefusedAsync(logger, new AuditFilters { Cursor = cursor + "A" });
        await RefusedAsync(logger, new AuditFilters { Cursor = cursor[..10] + changed });
        await RefusedAsync(logger, new AuditFilters { Cursor = cursor, UserId = "ann" });
        await RefusedAsync(logger, new AuditFilters { Cursor = cursor, From = Clock.Start });
        await RefusedAsync(logger, new AuditFilters { Cursor = cursor, Action = "document.upload" });
    }

    [Fact]
    public async Task Paging_gives_every_entry_of_the_start_once_while_others_write()
    {
        var logger = await CreateAsync();
        var logged = await LogAsync(logger, 60, apart: TimeSpan.FromMilliseconds(1));
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteUntilAsync(logger, writer, stop.Token))).ToList();

        var found = await PagesAsync(logger, new AuditFilters { Limit = 7 });
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal(found.Count, found.Select(entry => entry.Id).Distinct().Count());
        var ids = logged.Select(entry => entry.Id).ToHashSet();
        Assert.Equal(AuditModel.Query(logged, new AuditFilters()), found.Where(entry => ids.Contains(entry.Id)));
    }

    [Fact]
    public async Task A_stream_goes_on_from_a_cursor()
    {
        var logger = await CreateAsync();
        var logged = await LogAsync(logger, 5, apart: TimeSpan.FromSeconds(1));
        var page = await logger.QueryAsync(new AuditFilters { Limit = 2 });

        var rest = await StreamAsync(logger, new AuditFilters { Limit = 2, Cursor = page.NextCursor });

        logged.Reverse();
        Assert.Equal(logged[2..], rest);
    }

    [Fact]
    public async Task A_stream_ends_when_its_token_is_cancelled()
    {
        var logger = await CreateAsync();
        await LogAsync(logger, 5, apart: TimeSpan.FromSeconds(1));
        using var stop = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in logger.StreamAsync(new AuditFilters { Limit = 2 }).WithCancellation(stop.Token))
            {
                seen++;
                if (seen == 3)
                    await stop.CancelAsync();
            }
        });

        Assert.Equal(3, seen);
    }

    private static async Task RefusedAsync(IAuditLogger logger, AuditFilters filters)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => logger.QueryAsync(filters).AsTask());
        Assert.Throws<ArgumentException>(() => _ = logger.StreamAsync(filters));
    }

    // Bounded, so that a slow reader does not fill the trail.
    private static async Task WriteUntilAsync(IAuditLogger logger, int writer, CancellationToken stop)
    {
        for (var i = 0; i < 500 && !stop.IsCancellationRequested; i++)
        {
            await logger.LogActionAsync(Upload($"w{writer}-{i}"), CancellationToken.None);
            await Task.Yield();
        }
    }
}
