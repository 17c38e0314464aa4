using Polly.Telemetry;

namespace LedgerLift.Resilience.Tests;

/// <summary>One event that Polly's telemetry would have turned into a measurement.</summary>
internal sealed record PollyEvent(
    string Name,
    ResilienceEventSeverity Severity,
    string? Pipeline,
    string? Strategy,
    Type Arguments,
    object Payload,
    Exception? Failure,
    object? Result
);
