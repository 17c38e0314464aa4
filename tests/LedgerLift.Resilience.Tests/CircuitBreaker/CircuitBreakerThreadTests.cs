using LedgerLift.Testing;

namespace LedgerLift.Resilience.Tests;

/// <summary>Real threads, as many as get into one another's way. What the schedules prove step by step must hold at full speed too.</summary>
[Collection(nameof(RunsAlone))]
public sealed class CircuitBreakerThreadTests
{
    private const int Threads = 4;

    [Fact]
    public async Task No_failure_is_lost_when_many_threads_fail_at_once()
    {
        var breaker = new CircuitBreaker("threads", new CircuitBreakerOptions { FailureThreshold = int.MaxValue });

        var failures = await Rush.RunAsync(
            Threads,
            _ =>
            {
                breaker.TryEnter(out var permit);
                permit.Failure();
            }
        );

        Assert.Equal(failures, breaker.GetSnapshot().ConsecutiveFailures);
    }

    [Fact]
    public async Task No_refusal_is_lost_when_many_threads_are_refused_at_once()
    {
        var breaker = new CircuitBreaker("threads");
        breaker.Isolate();

        var refusals = await Rush.RunAsync(Threads, thread => breaker.TryEnter(out _));

        Assert.Equal(refusals, breaker.GetSnapshot().Rejections);
    }

    [Fact]
    public async Task No_late_result_is_lost_when_many_threads_are_late_at_once()
    {
        var breaker = new CircuitBreaker("threads");
        Assert.True(breaker.TryAdmit(out var ticket, out _));
        breaker.Isolate();

        var results = await Rush.RunAsync(Threads, _ => breaker.Fail(ticket, cause: null));

        Assert.Equal(results, breaker.GetSnapshot().StaleResults);
    }

    [Fact]
    public async Task One_permit_reported_by_two_threads_at_once_counts_once()
    {
        const int Rounds = 2_000;
        var breaker = new CircuitBreaker("threads", new CircuitBreakerOptions { FailureThreshold = int.MaxValue });
        var race = new PermitRace(Rounds);
        var rounds = 0;

        while (!race.IsOver)
        {
            for (var i = 0; i < Rounds; i++)
                Assert.True(breaker.TryEnter(out race.Permits[i]));
            race.Clear();
            await Rush.OnThreads(2, race.Go);
            rounds += Rounds;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{rounds} rounds, {race.Collisions} collisions");
        Assert.Equal(rounds, breaker.GetSnapshot().ConsecutiveFailures);
    }

    [Fact]
    public async Task There_are_never_more_probes_at_a_time_than_places_and_every_success_counts()
    {
        const int Places = 2;
        const int Each = 20_000;
        var options = new CircuitBreakerOptions { SuccessThreshold = int.MaxValue, MaxConcurrentProbes = Places };
        var (clock, random) = (new ManualTimeProvider(), new SeededRandom());
        var breaker = new CircuitBreaker("threads", options, clock);
        breaker.Trip();
        clock.Advance(options.RecoveryTimeout);
        var (probing, most, successes, probes) = (0, 0, 0, 0);

        await Rush.OnThreads(
            Threads,
            thread =>
            {
                var own = random.Fork(thread);
                for (var i = 0; i < Each; i++)
                {
                    if (!breaker.TryEnter(out var permit))
                        continue;
                    Interlocked.Increment(ref probes);
                    InterlockedMax(ref most, Interlocked.Increment(ref probing));
                    var ignored = own.Next(3) == 0;
                    Interlocked.Add(ref successes, ignored ? 0 : 1);
                    Interlocked.Decrement(ref probing);
                    if (ignored)
                        permit.Ignore();
                    else
                        permit.Success();
                }
            }
        );

        var snapshot = breaker.GetSnapshot();
        Assert.InRange(most, 1, Places);
        Assert.Equal((successes, 0, 0L), (snapshot.ProbeSuccesses, snapshot.ProbesInFlight, snapshot.StaleResults));
        Assert.Equal(Threads * Each, probes + snapshot.Rejections);
    }

    [Fact]
    public async Task Observers_hear_every_transition_in_order_whoever_makes_it()
    {
        var options = new CircuitBreakerOptions { FailureThreshold = 2, RecoveryTimeout = TimeSpan.FromTicks(1) };
        var breaker = new CircuitBreaker("threads", options);
        var random = new SeededRandom();
        var heard = new List<BreakerTransition>();
        breaker.Subscribe(heard.Add);

        await Rush.OnThreads(Threads, thread => StirUp(breaker, random.Fork(thread), 10_000));

        Assert.Equal(breaker.GetSnapshot().Transitions, heard.Count);
        Assert.InRange(heard.Count, 1_000, int.MaxValue);
        var state = BreakerState.Closed;
        for (var i = 0; i < heard.Count; i++)
        {
            Assert.Equal((i + 1L, state), (heard[i].Sequence, heard[i].From));
            state = heard[i].To;
        }

        Assert.Equal(state, breaker.State);
    }

    [Fact]
    public async Task Observers_that_control_the_breaker_from_many_threads_do_not_lock_up()
    {
        var breaker = new CircuitBreaker("threads");
        var random = new SeededRandom();
        var heard = new List<long>();
        breaker.Subscribe(transition => heard.Add(transition.Sequence));
        breaker.Subscribe(transition =>
        {
            if (transition.To == BreakerState.Open)
                breaker.Close();
            if (transition.To == BreakerState.Isolated)
                breaker.Trip();
        });

        await Rush.OnThreads(Threads, thread => StirUp(breaker, random.Fork(thread), 2_000));

        Assert.Equal(Enumerable.Range(1, heard.Count).Select(sequence => (long)sequence), heard);
        Assert.Equal(breaker.GetSnapshot().Transitions, heard.Count);
        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    private static void StirUp(CircuitBreaker breaker, Random random, int times)
    {
        for (var i = 0; i < times; i++)
        {
            switch (random.Next(12))
            {
                case 0:
                    breaker.Isolate();
                    break;
                case 1:
                    breaker.Trip();
                    break;
                case 2 or 3:
                    breaker.Close();
                    break;
                default:
                    breaker.TryEnter(out var permit);
                    if (random.Next(2) == 0)
                        permit.Success();
                    else
                        permit.Failure();
                    break;
            }
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
