namespace LedgerLift.Auditing.Contract;

/// <summary>What every audit logger promises. A test class inherits it and says how to make an empty trail.</summary>
public abstract partial class AuditLoggerContract
{
    /// <summary>The clock of every logger of the running test.</summary>
    protected ContractClock Clock { get; } = new();

    /// <summary>How many cases a property tries.</summary>
    protected virtual int Cases => 200;

    /// <summary>Makes a logger with a trail that nothing else uses.</summary>
    protected abstract ValueTask<IAuditLogger> CreateAsync(AuditingOptions? auditing = null);

    /// <summary>Waits until what was logged can be found. For a logger that returns before.</summary>
    protected virtual ValueTask SettleAsync(IAuditLogger logger) => ValueTask.CompletedTask;

    private static AuditAction Upload(string? resourceId = null) => new("document.upload", "document") { ResourceId = resourceId };

    private static async Task<List<AuditEntry>> StreamAsync(IAuditLogger logger, AuditFilters filters)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in logger.StreamAsync(filters))
            entries.Add(entry);
        return entries;
    }

    private static async Task<List<AuditEntry>> PagesAsync(IAuditLogger logger, AuditFilters filters)
    {
        var entries = new List<AuditEntry>();
        while (true)
        {
            var page = await logger.QueryAsync(filters);
            Assert.InRange(page.Entries.Count, 0, filters.Limit);
            entries.AddRange(page.Entries);
            if (page.NextCursor is null)
                return entries;
            Assert.Equal(filters.Limit, page.Entries.Count);
            filters = filters with { Cursor = page.NextCursor };
        }
    }

    private async Task<List<AuditEntry>> LogAsync(IAuditLogger logger, int count, TimeSpan apart)
    {
        var entries = new List<AuditEntry>();
        for (var i = 0; i < count; i++)
        {
            entries.Add(await logger.LogActionAsync(Upload($"d{i}")));
            Clock.Advance(apart);
        }

        await SettleAsync(logger);
        return entries;
    }
}
