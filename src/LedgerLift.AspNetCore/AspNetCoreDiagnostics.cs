namespace LedgerLift.AspNetCore;

/// <summary>The names under which this package reports its measurements and its spans.</summary>
/// <remarks>Constants, safe to use from any thread. A host that subscribes to <c>LedgerLift.*</c> receives them all.</remarks>
public static class AspNetCoreDiagnostics
{
    /// <summary>The name of the meter: the same as the assembly's.</summary>
    public const string MeterName = "LedgerLift.AspNetCore";

    /// <summary>The name of the activity source: the same as the assembly's. A request's span is the framework's own, of the source <c>Microsoft.AspNetCore</c>.</summary>
    public const string ActivitySourceName = "LedgerLift.AspNetCore";

    /// <summary>The counter of answered requests, by <c>method</c>, <c>path</c> (route template or <c>unmatched</c>) and <c>status_code</c> (integer).</summary>
    public const string RequestsInstrument = "ledgerlift.http.requests";

    /// <summary>The histogram of their durations in seconds, with the same labels.</summary>
    public const string DurationInstrument = "ledgerlift.http.duration";

    /// <summary>The tag of a request's span that holds its id.</summary>
    public const string RequestIdTag = "ledgerlift.request.id";
}
