using LedgerLift.AspNetCore;
using LedgerLift.Auditing;
using LedgerLift.Auditing.Postgres;
using LedgerLift.Auth;
using LedgerLift.Auth.Redis;
using LedgerLift.Consumer;
using LedgerLift.Data;
using LedgerLift.Logging;
using LedgerLift.Resilience;
using LedgerLift.Storage;
using LedgerLift.Telemetry;

// One public type of each package: it loads, and it is the package's.
Type[] touched =
[
    typeof(AspNetCoreDiagnostics),
    typeof(AuditingDiagnostics),
    typeof(AuditingPostgresDiagnostics),
    typeof(AuthDiagnostics),
    typeof(AuthRedisDiagnostics),
    typeof(DataDiagnostics),
    typeof(LoggingDiagnostics),
    typeof(ResilienceDiagnostics),
    typeof(StorageDiagnostics),
    typeof(TelemetryDiagnostics),
];

var examples = 0;
foreach (var type in touched)
{
    var package = type.Assembly.GetName().Name ?? "";
    if (!string.Equals(package, type.Namespace, StringComparison.Ordinal))
    {
        throw new InvalidOperationException($"{type} was taken from {package}.");
    }

    examples += await Examples.RunAsync(package) ? 1 : 0;
}

Console.WriteLine($"{touched.Length} packages used, {examples} README examples run");
