using LedgerLift.Auditing.Contract;

namespace LedgerLift.Auditing.Tests;

public sealed class InMemoryAuditLoggerContractTests : AuditLoggerContract
{
    protected override int Cases => 1000;

    protected override ValueTask<IAuditLogger> CreateAsync(AuditingOptions? auditing = null) =>
        new(new InMemoryAuditLogger(options: null, auditing, Clock));
}
