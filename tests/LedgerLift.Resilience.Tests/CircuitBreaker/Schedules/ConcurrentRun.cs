using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>
/// A breaker and its reference: brought to a state one command after another; then the breaker goes through the programs of several threads under a
/// schedule, and the reference must explain what they saw, what is left and what an observer was told.
/// </summary>
internal sealed class ConcurrentRun
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<BreakerTransition> _told = [];
    private readonly List<HistoryEntry> _history = [];
    private readonly ConcurrentCase _case;
    private readonly RealBreaker _real;
    private readonly ReferenceBreaker _reference;
    private readonly int _toldInSetUp;
    private int _step;

    /// <summary>Does the set-up.</summary>
    /// <param name="concurrentCase">What happens.</param>
    public ConcurrentRun(ConcurrentCase concurrentCase)
    {
        _case = concurrentCase;
        var breaker = new CircuitBreaker("run", _case.Settings.ToOptions(), new SchedulePointClock(_time, _case.Fine));
        breaker.Subscribe(_told.Add);
        breaker.BeforeSwap = BatonScheduler.Point;
        _real = new RealBreaker(breaker);
        _reference = new ReferenceBreaker("run", _case.Settings.ToOptions());
        foreach (var command in _case.SetUp)
        {
            var found = Do(command);
            _reference.Now = Now;
            Assert.Equal(command.ApplyTo(_reference), found);
        }

        _toldInSetUp = _told.Count;
    }

    public IReadOnlyList<HistoryEntry> History => _history;

    public IEnumerable<BreakerTransition> ToldSinceSetUp => _told.Skip(_toldInSetUp);

    private TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>Goes through the programs and says whether the reference can explain it.</summary>
    public bool IsExplained(BatonScheduler scheduler, ISchedule schedule)
    {
        _reference.Now = Now;
        scheduler.Run(schedule, [.. _case.Programs.Select((program, thread) => (Action)(() => Go(thread, program)))]);
        var left = _real.Snapshot();
        return Linearizability.Explains(_reference, _history, IsOutcome);

        bool IsOutcome(ReferenceBreaker reference)
        {
            reference.Now = Now;
            return reference.Snapshot() == left && reference.Log.SequenceEqual(_told);
        }
    }

    public override string ToString() =>
        string.Join(
            Environment.NewLine,
            [
                _case.ToString(),
                .. _history.Select(entry => entry.ToString()),
                .. _told.Select(told => told.ToString()),
                _real.Snapshot().ToString(),
            ]
        );

    private void Go(int thread, IReadOnlyList<BreakerCommand> program)
    {
        for (var i = 0; i < program.Count; i++)
        {
            if (i > 0)
                BatonScheduler.Point();
            SchedulePointClock.TakeLastReading();
            var command = program[i];
            var invoked = ++_step;
            var answer = Do(command);
            if (command.Act != BreakerAct.Advance)
                _history.Add(new HistoryEntry(thread, command, answer, SchedulePointClock.TakeLastReading(), invoked, ++_step));
        }
    }

    private object? Do(BreakerCommand command)
    {
        if (command.Act == BreakerAct.Advance)
            _time.Advance(TimeSpan.FromSeconds(command.Number));
        return command.ApplyTo(_real);
    }
}
