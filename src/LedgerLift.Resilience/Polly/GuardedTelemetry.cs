using System.Diagnostics.CodeAnalysis;
using Polly;
using Polly.Telemetry;

namespace LedgerLift.Resilience;

/// <summary>A strategy's way to Polly's telemetry: a listener that throws disturbs neither state nor outcome.</summary>
/// <param name="telemetry">Polly's.</param>
/// <param name="isHeard">Whether the pipeline was built with a listener; Polly keeps that to itself.</param>
internal sealed class GuardedTelemetry(ResilienceStrategyTelemetry telemetry, bool isHeard)
{
    private const string Why = "A listener's exception must not reach the call that happened to be reported.";

    internal bool IsHeard { get; } = isHeard;

    internal void MarkSource(ExecutionRejectedException refused) => telemetry.SetTelemetrySource(refused);

    [SuppressMessage("Design", "CA1031", Justification = Why)]
    [SuppressMessage("Roslynator", "RCS1075", Justification = Why)]
    internal void Report<TArgs>(ResilienceEvent what, ResilienceContext context, TArgs arguments)
    {
        try
        {
            telemetry.Report(what, context, arguments);
        }
        catch (Exception)
        {
            // See the justification.
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = Why)]
    [SuppressMessage("Roslynator", "RCS1075", Justification = Why)]
    internal void Report<TArgs, TResult>(ResilienceEvent what, ResilienceContext context, in Outcome<TResult> outcome, TArgs arguments)
    {
        try
        {
            telemetry.Report(what, context, outcome, arguments);
        }
        catch (Exception)
        {
            // See the justification.
        }
    }
}
