namespace LedgerLift.Logging.Tests;

public sealed class LoggingDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(LoggingDiagnostics).Assembly.GetName().Name;

        Assert.Equal(LoggingDiagnostics.MeterName, assembly);
        Assert.Equal(LoggingDiagnostics.ActivitySourceName, assembly);
    }
}
