using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>Takes the breaker and the reference through the same script and compares everything that can be seen, after each command.</summary>
internal sealed class BreakerComparison
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<BreakerTransition> _transitions = [];
    private readonly RealBreaker _real;
    private readonly ReferenceBreaker _reference;
    private readonly Dictionary<string, int> _tally;
    private BreakerSettingsCase _settings;
    private readonly List<int> _admitted = [];
    private int _calls;

    public BreakerComparison(BreakerSettingsCase settings, Dictionary<string, int> tally)
    {
        _settings = settings;
        _tally = tally;
        var breaker = new CircuitBreaker("script", settings.ToOptions(), _clock);
        breaker.Subscribe(_transitions.Add);
        _real = new RealBreaker(breaker);
        _reference = new ReferenceBreaker("script", settings.ToOptions());
    }

    public void Run(BreakerScript script)
    {
        foreach (var command in script.Commands)
            Step(command);
        foreach (var transition in _transitions)
            Count(transition.Reason + " to " + transition.To);
    }

    private void Step(BreakerCommand symbolic)
    {
        var before = _reference.Snapshot();
        var command = Resolve(symbolic);
        var expected = command.ApplyTo(_reference);
        var found = command.ApplyTo(_real);

        Assert.Equal(expected, found);
        Assert.Equal(_reference.State, _real.State);
        Assert.Equal(_reference.Snapshot(), _real.Snapshot());
        Assert.Equal(_reference.Log.Count, _transitions.Count);
        if (_transitions.Count > 0)
            Assert.Equal(_reference.Log[^1], _transitions[^1]);
        Assert.Equal(0, _clock.TimersCreated);
        Classify(command, before, expected);
    }

    // The numbers of a script mean something only here: one of the last calls, a time near one that matters.
    private BreakerCommand Resolve(BreakerCommand command)
    {
        switch (command.Act)
        {
            case BreakerAct.Enter:
                return command with { Number = _calls++ };
            case BreakerAct.Succeed or BreakerAct.Fail or BreakerAct.FailWithoutCause or BreakerAct.Ignore:
                return command with { Number = Call(command.Number) };
            case BreakerAct.Advance:
                Advance(command.Number);
                return command;
            case BreakerAct.StepWallClock:
                _clock.StepWallClock(TimeSpan.FromHours(command.Number % 2 == 0 ? 1 : -1));
                return command;
            case BreakerAct.Update:
                _settings = command.Settings!;
                return command;
            default:
                return command;
        }
    }

    // Mostly one of the last that were admitted; now and then an old one, which may have been completed before.
    private int Call(int number)
    {
        var back = number % 4 == 0 ? number / 4 % 20 : number / 4 % 3;
        return back < _admitted.Count ? _admitted[^(back + 1)] : number;
    }

    private void Advance(int number)
    {
        var next = _reference.Deadlines.DefaultIfEmpty(_reference.Now + TimeSpan.FromSeconds(1)).Min() - _reference.Now;
        TimeSpan[] steps = [TimeSpan.Zero, next, next, next, _settings.RecoveryTimeout, _settings.ProbeLease];
        var by = steps[number % steps.Length] + TimeSpan.FromTicks((number / steps.Length % 3) - 1);
        by = by < TimeSpan.Zero ? TimeSpan.Zero : by;
        _clock.Advance(by);
        _reference.Now += by;
    }

    // How often what happened, so that the test can insist that all of it did.
    private void Classify(BreakerCommand command, BreakerSnapshot before, object? answer)
    {
        var after = _reference.Snapshot();
        Count("state " + after.State);
        Count(command.Act.ToString());
        if (after.StaleResults > before.StaleResults)
            Count("late " + command.Act + " while " + before.State);
        if (answer is BreakerAdmission { Admitted: true })
            _admitted.Add(command.Number);
        if (answer is BreakerAdmission admission)
            Count(
                admission.Rejection.State
                    + (
                        admission.Admitted
                            ? admission.IsProbe
                                ? " probe"
                                : " pass"
                            : " refusal"
                    )
            );
        if (command.Act == BreakerAct.Ignore && after.ProbesInFlight < before.ProbesInFlight)
            Count("ignored probe");
        if (command.Act == BreakerAct.Advance && after.ProbesInFlight < before.ProbesInFlight)
            Count("lapsed lease");
        if (after.RetryAfter > _settings.RecoveryTimeout)
            Count("grown opening");
    }

    private void Count(string what) => _tally[what] = _tally.GetValueOrDefault(what) + 1;
}
