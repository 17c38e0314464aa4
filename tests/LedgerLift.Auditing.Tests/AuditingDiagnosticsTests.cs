namespace LedgerLift.Auditing.Tests;

public sealed class AuditingDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(AuditingDiagnostics).Assembly.GetName().Name;

        Assert.Equal(AuditingDiagnostics.MeterName, assembly);
        Assert.Equal(AuditingDiagnostics.ActivitySourceName, assembly);
    }
}
