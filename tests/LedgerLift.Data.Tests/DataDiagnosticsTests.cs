namespace LedgerLift.Data.Tests;

public sealed class DataDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(DataDiagnostics).Assembly.GetName().Name;

        Assert.Equal(DataDiagnostics.MeterName, assembly);
        Assert.Equal(DataDiagnostics.ActivitySourceName, assembly);
    }
}
