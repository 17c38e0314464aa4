namespace LedgerLift.Resilience.Tests;

public sealed class ResilienceDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(ResilienceDiagnostics).Assembly.GetName().Name;

        Assert.Equal(ResilienceDiagnostics.MeterName, assembly);
        Assert.Equal(ResilienceDiagnostics.ActivitySourceName, assembly);
    }
}
