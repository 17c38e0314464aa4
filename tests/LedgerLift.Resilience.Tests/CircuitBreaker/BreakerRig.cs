using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>A breaker on a manual clock that remembers its transitions, with the moves that many tests make.</summary>
internal sealed class BreakerRig
{
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public BreakerRig(Action<CircuitBreakerOptions>? configure = null, string name = "store", ManualTimeProvider? clock = null)
    {
        var options = new CircuitBreakerOptions();
        configure?.Invoke(options);
        Clock = clock ?? new ManualTimeProvider();
        Breaker = new CircuitBreaker(name, options, Clock);
        Breaker.Subscribe(Transitions.Add);
    }

    public static IOException Down { get; } = new("connection reset");

    public ManualTimeProvider Clock { get; }

    public CircuitBreaker Breaker { get; }

    public List<BreakerTransition> Transitions { get; } = [];

    public BreakerSnapshot Snapshot => Breaker.GetSnapshot();

    public BreakerState State => Breaker.State;

    /// <summary>Makes a call that must be admitted.</summary>
    public BreakerPermit Enter()
    {
        Assert.True(Breaker.TryEnter(out var permit), $"Refused while {State}.");
        return permit;
    }

    /// <summary>Makes a call that must be admitted as a probe.</summary>
    public BreakerPermit EnterProbe()
    {
        var permit = Enter();
        Assert.True(permit.IsProbe, $"Admitted, but not as a probe, while {State}.");
        return permit;
    }

    /// <summary>Makes a call that must be refused.</summary>
    public BreakerRejection Refused()
    {
        Assert.False(Breaker.TryEnter(out var permit, out var rejection), $"Admitted while {State}.");
        Assert.Equal(default, permit);
        return rejection;
    }

    public void Fail(int times = 1)
    {
        for (var i = 0; i < times; i++)
            Enter().Failure(Down);
    }

    public void Succeed(int times = 1)
    {
        for (var i = 0; i < times; i++)
            Enter().Success();
    }

    /// <summary>From closed, opens by failures.</summary>
    public void Open()
    {
        for (var i = 0; i < 100 && State == BreakerState.Closed; i++)
            Fail();
        Assert.Equal(BreakerState.Open, State);
    }

    /// <summary>From closed, opens and waits until a probe would be admitted.</summary>
    public void OpenAndRecover()
    {
        Open();
        Clock.Advance(Snapshot.RetryAfter!.Value);
    }

    /// <summary>From a fresh breaker to any state; half-open has one probe under way.</summary>
    public void Bring(BreakerState state)
    {
        if (state == BreakerState.Isolated)
            Breaker.Isolate();
        if (state == BreakerState.Open)
            Open();
        if (state == BreakerState.HalfOpen)
        {
            OpenAndRecover();
            EnterProbe();
        }

        Assert.Equal(state, State);
    }
}
