namespace LedgerLift.AspNetCore.Tests;

public sealed class AspNetCoreDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(AspNetCoreDiagnostics).Assembly.GetName().Name;

        Assert.Equal(AspNetCoreDiagnostics.MeterName, assembly);
        Assert.Equal(AspNetCoreDiagnostics.ActivitySourceName, assembly);
    }
}
