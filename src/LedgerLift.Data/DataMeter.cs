using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LedgerLift.Data;

/// <summary>The one meter and the one activity source of the package.</summary>
internal static class DataMeter
{
    internal static readonly Meter Instance = new(DataDiagnostics.MeterName);
    internal static readonly ActivitySource Source = new(DataDiagnostics.ActivitySourceName);
}
