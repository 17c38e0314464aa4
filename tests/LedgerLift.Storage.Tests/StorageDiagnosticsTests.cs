namespace LedgerLift.Storage.Tests;

public sealed class StorageDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(StorageDiagnostics).Assembly.GetName().Name;

        Assert.Equal(StorageDiagnostics.MeterName, assembly);
        Assert.Equal(StorageDiagnostics.ActivitySourceName, assembly);
    }
}
