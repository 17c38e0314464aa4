using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LedgerLift.Auth;

/// <summary>The verifier's measurements. The only tags are the scheme and the verdict.</summary>
internal static class SignatureTelemetry
{
    private static readonly Meter Meter = new(AuthDiagnostics.MeterName);

    private static readonly Counter<long> Verifications = Meter.CreateCounter<long>(
        "ledgerlift.auth.signature.verifications",
        "{verification}",
        "Verified signatures by scheme and verdict."
    );

    private static readonly Histogram<double> Skew = Meter.CreateHistogram(
        "ledgerlift.auth.signature.skew",
        "s",
        "How far a signed request's timestamp lies behind the verifier's clock; negative when it lies ahead.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [-300, -60, -30, -10, -5, -1, 0, 1, 5, 10, 30, 60, 120, 300, 600, 3600] }
    );

    internal static void Verified(SignatureScheme scheme, SignatureVerdict verdict)
    {
        if (Verifications.Enabled)
            Verifications.Add(1, Tags(scheme, verdict));
    }

    internal static void Skewed(SignatureScheme scheme, TimeSpan skew)
    {
        if (Skew.Enabled)
            Skew.Record(skew.TotalSeconds, new KeyValuePair<string, object?>("scheme", TextOf(scheme)));
    }

    private static TagList Tags(SignatureScheme scheme, SignatureVerdict verdict)
    {
        TagList tags = default;
        tags.Add("scheme", TextOf(scheme));
        tags.Add("result", TextOf(verdict));
        return tags;
    }

    private static string TextOf(SignatureScheme scheme) =>
        scheme switch
        {
            SignatureScheme.TimestampBody => "timestamp_body",
            SignatureScheme.StandardWebhooks => "standard_webhooks",
            _ => "canonical",
        };

    private static string TextOf(SignatureVerdict verdict) =>
        verdict switch
        {
            SignatureVerdict.Valid => "valid",
            SignatureVerdict.Missing => "missing",
            SignatureVerdict.Malformed => "malformed",
            SignatureVerdict.Stale => "stale",
            SignatureVerdict.Future => "future",
            SignatureVerdict.Mismatch => "mismatch",
            SignatureVerdict.Replayed => "replayed",
            _ => "body_too_large",
        };
}
