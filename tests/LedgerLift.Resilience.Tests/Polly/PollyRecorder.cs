using System.Collections.Concurrent;
using Polly;
using Polly.Telemetry;

namespace LedgerLift.Resilience.Tests;

/// <summary>Stands where Polly's metering stands and notes every event of the strategies; those of the pipeline itself are left out.</summary>
internal sealed class PollyRecorder : TelemetryListener
{
    private readonly ConcurrentQueue<PollyEvent> _events = new();

    internal IReadOnlyList<PollyEvent> Events => [.. _events];

    internal IEnumerable<string> Names => Events.Select(one => one.Name);

    internal bool Throws { get; set; }

    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        if (args.Event.EventName.StartsWith("Pipeline", StringComparison.Ordinal))
            return;
        _events.Enqueue(
            new PollyEvent(
                args.Event.EventName,
                args.Event.Severity,
                args.Source.PipelineName,
                args.Source.StrategyName,
                typeof(TArgs),
                args.Arguments!,
                args.Outcome?.Exception,
                args.Outcome is { Exception: null } outcome ? outcome.Result : null
            )
        );
        if (Throws)
            throw new InvalidOperationException("A listener's bug.");
    }

    internal ResiliencePipelineBuilder Listened(TimeProvider? clock = null) =>
        new()
        {
            Name = "pipeline",
            TelemetryListener = this,
            TimeProvider = clock,
        };
}
