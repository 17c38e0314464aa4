using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LedgerLift.Auditing.Postgres;

/// <summary>The one meter and the one activity source of the package.</summary>
internal static class AuditingMeter
{
    internal static readonly Meter Instance = new(AuditingPostgresDiagnostics.MeterName);
    internal static readonly ActivitySource Source = new(AuditingPostgresDiagnostics.ActivitySourceName);
}
