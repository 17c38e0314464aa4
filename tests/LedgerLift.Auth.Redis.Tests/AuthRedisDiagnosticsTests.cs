namespace LedgerLift.Auth.Redis.Tests;

public sealed class AuthRedisDiagnosticsTests
{
    [Fact]
    public void Meter_and_source_are_named_as_the_assembly()
    {
        var assembly = typeof(AuthRedisDiagnostics).Assembly.GetName().Name;

        Assert.Equal(AuthRedisDiagnostics.MeterName, assembly);
        Assert.Equal(AuthRedisDiagnostics.ActivitySourceName, assembly);
    }
}
