using LedgerLift.Auditing.Contract;
using LedgerLift.Testing;

namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class PostgresAuditLoggerContractTests(PostgresFixture postgres)
    : AuditLoggerContract,
        IClassFixture<PostgresFixture>,
        IAsyncLifetime
{
    private readonly List<TestTrail> _trails = [];

    protected override async ValueTask<IAuditLogger> CreateAsync(AuditingOptions? auditing = null)
    {
        var trail = await TestTrail.CreateAsync(postgres, options => options.MonthsAhead = 1, auditing, Clock);
        _trails.Add(trail);
        return trail.Logger;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var trail in _trails)
            await trail.DisposeAsync();
    }
}
