using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Resilience;

/// <summary>
/// Brings transitions to observers in the order of their sequence numbers. Threads publish in whatever order they come by; one of them delivers
/// everything that is due while the others go on. The lock guards the queue and is never held around an observer.
/// </summary>
internal sealed class TransitionFeed
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, BreakerTransition> _arrived = [];
    private ImmutableArray<Subscription> _subscriptions = [];
    private long _due = 1;
    private bool _delivering;

    /// <summary>Tells <paramref name="observer"/> of the transitions after the one numbered <paramref name="last"/>; earlier ones may still be waiting.</summary>
    internal IDisposable Subscribe(Action<BreakerTransition> observer, long last)
    {
        var subscription = new Subscription(this, observer, last);
        lock (_lock)
        {
            _subscriptions = _subscriptions.Add(subscription);
        }

        return subscription;
    }

    internal void Publish(BreakerTransition transition)
    {
        lock (_lock)
        {
            _arrived.Add(transition.Sequence, transition);
            if (_delivering)
            {
                return;
            }

            _delivering = true;
        }

        while (TryTake(out var next, out var subscriptions))
        {
            Deliver(next, subscriptions);
        }
    }

    private bool TryTake([NotNullWhen(true)] out BreakerTransition? transition, out ImmutableArray<Subscription> subscriptions)
    {
        lock (_lock)
        {
            subscriptions = _subscriptions;
            if (_arrived.Remove(_due, out transition))
            {
                _due++;
                return true;
            }

            _delivering = false;
            return false;
        }
    }

    [SuppressMessage("Roslynator", "RCS1075", Justification = "As for CA1031.")]
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "An observer's exception must not reach the call that happened to move the circuit."
    )]
    private static void Deliver(BreakerTransition transition, ImmutableArray<Subscription> subscriptions)
    {
        foreach (var subscription in subscriptions)
        {
            try
            {
                subscription.Tell(transition);
            }
            catch (Exception)
            {
                // Documented at Subscribe.
            }
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions = _subscriptions.Remove(subscription);
        }
    }

    private sealed class Subscription(TransitionFeed feed, Action<BreakerTransition> observer, long last) : IDisposable
    {
        public void Dispose() => feed.Remove(this);

        internal void Tell(BreakerTransition transition)
        {
            if (transition.Sequence > last)
            {
                observer(transition);
            }
        }
    }
}
