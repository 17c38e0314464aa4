namespace LedgerLift.Auditing.Postgres.Tests;

public sealed class AuditingPostgresDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(AuditingPostgresDiagnostics).Assembly.GetName().Name;

        Assert.Equal(AuditingPostgresDiagnostics.MeterName, assembly);
        Assert.Equal(AuditingPostgresDiagnostics.ActivitySourceName, assembly);
    }
}
