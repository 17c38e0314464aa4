using System.Collections.Immutable;

namespace LedgerLift.Resilience;

/// <summary>
/// What each event makes of a state: pure functions that take the time as a value and answer with the next node, or with the same node when the
/// event changes nothing. The clock is read once per event, by the caller.
/// </summary>
internal static class BreakerRules
{
    internal const string Threshold = "threshold";
    internal const string RecoveryElapsed = "recovery_elapsed";
    internal const string Recovered = "recovered";
    internal const string ProbeFailed = "probe_failed";
    internal const string Manual = "manual";

    /// <summary>A call asks to pass while the circuit is not closed. The same node means: refused.</summary>
    internal static BreakerNode Admit(BreakerNode node, BreakerSettings settings, long now)
    {
        switch (node.State)
        {
            case BreakerState.Open when now >= node.RecoverAt:
                return WithProbe(Enter(node, BreakerState.HalfOpen, RecoveryElapsed), settings, now);
            case BreakerState.HalfOpen:
                return Held(node, now) < settings.MaxConcurrentProbes ? WithProbe(node, settings, now) : node;
            default:
                return node;
        }
    }

    /// <summary>The call of <paramref name="ticket"/> succeeded. Called only for a ticket of the present period.</summary>
    internal static BreakerNode Succeed(BreakerNode node, BreakerTicket ticket, BreakerSettings settings)
    {
        if (node.State == BreakerState.Closed)
        {
            return node.Failures == 0 ? node : node with { Failures = 0 };
        }

        var successes = node.ProbeSuccesses + 1;
        return successes >= settings.SuccessThreshold
            ? Enter(node, BreakerState.Closed, Recovered)
            : node with
            {
                ProbeSuccesses = successes,
                Probes = Without(node.Probes, ticket.Probe),
            };
    }

    /// <summary>A call failed. Called only for a ticket of the present period.</summary>
    internal static BreakerNode Fail(BreakerNode node, BreakerSettings settings, long now, Exception? cause)
    {
        if (node.State == BreakerState.HalfOpen)
        {
            return Open(node, settings, now, cause, ProbeFailed);
        }

        var failures = node.Failures + 1;
        return failures >= settings.FailureThreshold
            ? Open(node, settings, now, cause, Threshold)
            : node with
            {
                Failures = failures,
                LastFailure = cause ?? node.LastFailure,
            };
    }

    /// <summary>The probe's result is not known and moves nothing; its place is free.</summary>
    internal static BreakerNode Release(BreakerNode node, BreakerTicket ticket) =>
        ticket.Probe == 0 ? node : node with { Probes = Without(node.Probes, ticket.Probe) };

    /// <summary>Opens by hand, from any state; while open, a full fresh recovery time begins and no transition is reported.</summary>
    internal static BreakerNode Trip(BreakerNode node, BreakerSettings settings, long now, Exception? cause)
    {
        if (node.State != BreakerState.Open)
        {
            return Open(node, settings, now, cause, Manual);
        }

        var recoverAt = BreakerSettings.After(now, settings.Recovery(node.Openings - 1));
        return node with { RecoverAt = recoverAt, Cause = cause ?? node.Cause, LastFailure = cause ?? node.LastFailure };
    }

    internal static BreakerNode Isolate(BreakerNode node) =>
        node.State == BreakerState.Isolated ? node : Enter(node, BreakerState.Isolated, Manual);

    internal static BreakerNode Close(BreakerNode node)
    {
        if (node.State == BreakerState.Closed)
        {
            return node.Failures == 0 ? node : node with { Failures = 0 };
        }

        return Enter(node, BreakerState.Closed, Manual);
    }

    /// <summary>How many probes hold a place at <paramref name="now"/>. A loop, because a lambda would cost every refused call its closure.</summary>
    internal static int Held(BreakerNode node, long now)
    {
        var held = 0;
        foreach (var slot in node.Probes)
        {
            held += now < slot.LeaseEnd ? 1 : 0;
        }

        return held;
    }

    /// <summary>Whether the probe of <paramref name="ticket"/> still holds its place at <paramref name="now"/>.</summary>
    internal static bool HoldsPlace(BreakerNode node, BreakerTicket ticket, long now)
    {
        foreach (var slot in node.Probes)
        {
            if (slot.Probe == ticket.Probe)
            {
                return now < slot.LeaseEnd;
            }
        }

        return false;
    }

    private static BreakerNode Open(BreakerNode node, BreakerSettings settings, long now, Exception? cause, string reason) =>
        Enter(node, BreakerState.Open, reason) with
        {
            RecoverAt = BreakerSettings.After(now, settings.Recovery(node.Openings)),
            Openings = node.Openings + 1,
            Cause = cause,
            LastFailure = cause ?? node.LastFailure,
        };

    private static BreakerNode Enter(BreakerNode node, BreakerState state, string reason) =>
        new()
        {
            State = state,
            Sequence = node.Sequence + 1,
            Reason = reason,
            Openings = state == BreakerState.Closed ? 0 : node.Openings,
            Cause = state == BreakerState.HalfOpen ? node.Cause : null,
            LastFailure = node.LastFailure,
        };

    private static BreakerNode WithProbe(BreakerNode node, BreakerSettings settings, long now)
    {
        var probe = node.LastProbe + 1;
        var slot = new ProbeSlot(probe, BreakerSettings.After(now, settings.ProbeLease));
        return node with { LastProbe = probe, Probes = node.Probes.RemoveAll(other => other.LeaseEnd <= now).Add(slot) };
    }

    private static ImmutableArray<ProbeSlot> Without(ImmutableArray<ProbeSlot> probes, long probe) =>
        probes.RemoveAll(slot => slot.Probe == probe);
}
