using Polly;

namespace LedgerLift.Resilience;

/// <summary>Gives a strategy the name that telemetry reports as <c>strategy.name</c>: those of Polly's own, so that dashboards go on working.</summary>
internal sealed class StrategyName : ResilienceStrategyOptions
{
    internal const string CircuitBreaker = "CircuitBreaker";
    internal const string Retry = "Retry";
    internal const string CallerToken = "LedgerLift.CallerToken";

    internal StrategyName(string name) => Name = name;
}
