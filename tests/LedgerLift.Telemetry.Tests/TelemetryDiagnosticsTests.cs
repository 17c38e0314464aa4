namespace LedgerLift.Telemetry.Tests;

public sealed class TelemetryDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(TelemetryDiagnostics).Assembly.GetName().Name;

        Assert.Equal(TelemetryDiagnostics.MeterName, assembly);
        Assert.Equal(TelemetryDiagnostics.ActivitySourceName, assembly);
    }
}
