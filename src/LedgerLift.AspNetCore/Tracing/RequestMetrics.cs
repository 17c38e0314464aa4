using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LedgerLift.AspNetCore;

/// <summary>The package's instruments, with exactly the labels method, path and status_code. Thread-safe.</summary>
internal static class RequestMetrics
{
    private static readonly Meter Meter = new(AspNetCoreDiagnostics.MeterName);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        AspNetCoreDiagnostics.RequestsInstrument,
        "{request}",
        "Requests that were answered."
    );

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        AspNetCoreDiagnostics.DurationInstrument,
        "s",
        "How long requests took, from their entry into the tracing middleware to its end.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 120],
        }
    );

    public static void Record(string method, string path, int status, TimeSpan duration)
    {
        if (!Requests.Enabled && !Duration.Enabled)
            return;

        var tags = new TagList
        {
            { "method", method },
            { "path", path },
            { "status_code", status },
        };
        Requests.Add(1, tags);
        Duration.Record(duration.TotalSeconds, tags);
    }
}
