namespace LedgerLift.Logging;

/// <summary>The keys of log state that have a meaning of their own.</summary>
internal static class LogKeys
{
    /// <summary>The framework's key of the template; its pair is the last.</summary>
    public const string Template = "{OriginalFormat}";

    /// <summary>The type of an exception that is shown by a stand-in (OpenTelemetry semantic conventions).</summary>
    public const string ExceptionType = "exception.type";

    /// <summary>The id of the request an event belongs to.</summary>
    public const string RequestId = "request_id";

    /// <summary>The id of the trace (W3C Trace Context), 32 hexadecimal digits.</summary>
    public const string TraceId = "trace_id";

    /// <summary>The id of the span, 16 hexadecimal digits.</summary>
    public const string SpanId = "span_id";
}
