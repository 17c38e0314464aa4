using System.Diagnostics.Metrics;

namespace LedgerLift.Resilience;

/// <summary>The one meter of the package.</summary>
internal static class ResilienceMeter
{
    internal static readonly Meter Instance = new(ResilienceDiagnostics.MeterName);
}
