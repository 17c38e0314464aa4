using LedgerLift.Auditing;
using LedgerLift.Auditing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace DocumentPipeline.Tests;

public sealed class PostgresDocumentStoreTests(PostgresDocumentsFixture fixture)
    : DocumentStoreContract,
        IClassFixture<PostgresDocumentsFixture>
{
    protected override IDocumentStore Documents => fixture.Services.GetRequiredService<IDocumentStore>();

    protected override IWorkQueue Queue => fixture.Services.GetRequiredService<IWorkQueue>();

    protected override Task LetLeasesRunOutAsync() =>
        fixture.ExecuteAsync("UPDATE documents SET lease_until = now() - interval '1 s' WHERE lease_until IS NOT NULL");

    protected override async Task<IReadOnlyList<AuditEntry>> TrailOfAsync(string resourceType, string resourceId)
    {
        var filters = new AuditFilters { ResourceType = resourceType, ResourceId = resourceId };
        var page = await fixture.Services.GetRequiredService<PostgresAuditLogger>().QueryAsync(filters, Token);
        return [.. page.Entries.Reverse()];
    }
}
