using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace LedgerLift.Resilience;

/// <summary>The measurements of all breakers of the process. Nothing here runs on the path of a call that a closed circuit lets through.</summary>
internal static class BreakerMetrics
{
    private const string NameTag = "circuit_breaker.name";
    private const string StateTag = "circuit_breaker.state";

    // Weak keys: a breaker that nobody holds disappears from the gauge without being disposed.
    private static readonly ConditionalWeakTable<CircuitBreaker, object?> Live = [];

    private static readonly Counter<long> Transitions = ResilienceMeter.Instance.CreateCounter<long>(
        "ledgerlift.resilience.breaker.transitions",
        "{transition}",
        "Changes of a circuit breaker's state."
    );

    private static readonly Counter<long> Rejections = ResilienceMeter.Instance.CreateCounter<long>(
        "ledgerlift.resilience.breaker.rejections",
        "{call}",
        "Calls refused by a circuit breaker; in shadow mode, calls that it would have refused."
    );

    private static readonly Counter<long> StaleResults = ResilienceMeter.Instance.CreateCounter<long>(
        "ledgerlift.resilience.breaker.stale_results",
        "{result}",
        "Results dropped because the state in which their call was admitted had ended."
    );

    static BreakerMetrics() =>
        ResilienceMeter.Instance.CreateObservableUpDownCounter(
            "ledgerlift.resilience.breaker.state",
            Observe,
            "{breaker}",
            "Circuit breakers of a name in a state."
        );

    internal static void Watch(CircuitBreaker breaker) => Live.Add(breaker, value: null);

    internal static void Moved(string name, BreakerTransition transition)
    {
        if (Transitions.Enabled)
        {
            var tags = new TagList
            {
                { NameTag, name },
                { "circuit_breaker.from", Text(transition.From) },
                { "circuit_breaker.to", Text(transition.To) },
                { "circuit_breaker.reason", transition.Reason },
            };
            Add(Transitions, tags);
        }
    }

    internal static void Rejected(string name) => Count(Rejections, name);

    internal static void Stale(string name) => Count(StaleResults, name);

    private static void Count(Counter<long> counter, string name)
    {
        if (counter.Enabled)
        {
            Add(counter, new TagList { { NameTag, name } });
        }
    }

    // A meter hands a listener's exception to whoever measures. Here that is a stranger's call, or a transition that observers still wait for.
    [SuppressMessage("Roslynator", "RCS1075", Justification = "As for CA1031.")]
    [SuppressMessage("Design", "CA1031", Justification = "A listener's exception must disturb neither the call nor the state.")]
    private static void Add(Counter<long> counter, TagList tags)
    {
        try
        {
            counter.Add(1, tags);
        }
        catch (Exception)
        {
            // The listener's own affair.
        }
    }

    // One value for each name and state, zeros included, so that a chart does not keep showing a state that has ended.
    private static IEnumerable<Measurement<int>> Observe()
    {
        var states = Enum.GetValues<BreakerState>();
        foreach (var named in Live.Select(entry => entry.Key).GroupBy(breaker => breaker.MetricName, StringComparer.Ordinal))
        {
            var counts = named.CountBy(breaker => breaker.State).ToDictionary();
            foreach (var state in states)
            {
                yield return new Measurement<int>(
                    counts.GetValueOrDefault(state),
                    new(NameTag, named.Key),
                    new KeyValuePair<string, object?>(StateTag, Text(state))
                );
            }
        }
    }

    private static string Text(BreakerState state) =>
        state switch
        {
            BreakerState.Closed => "closed",
            BreakerState.Open => "open",
            BreakerState.HalfOpen => "half_open",
            _ => "isolated",
        };
}
