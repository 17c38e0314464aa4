namespace LedgerLift.Auth.Tests;

public sealed class AuthDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(AuthDiagnostics).Assembly.GetName().Name;

        Assert.Equal(AuthDiagnostics.MeterName, assembly);
        Assert.Equal(AuthDiagnostics.ActivitySourceName, assembly);
    }
}
