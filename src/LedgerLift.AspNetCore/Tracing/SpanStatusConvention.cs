namespace LedgerLift.AspNetCore;

/// <summary>Which status a request's span gets. Answers of 500 and more, and exceptions that nothing answers, are errors in both.</summary>
public enum SpanStatusConvention
{
    /// <summary>Everything below 500 is <c>Ok</c>: the service did what it should, also when the caller did not.</summary>
    OkBelow500,

    /// <summary>Everything below 500 is left unset, as OpenTelemetry's semantic conventions for servers say.</summary>
    OpenTelemetry,
}
