using Polly.CircuitBreaker;

namespace LedgerLift.Resilience.Tests;

/// <summary>What goes wrong around a circuit: cancelled and hung probes, late results, code with bugs, clocks that are set.</summary>
internal static class TroubleScenarios
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(3);

    internal static IEnumerable<Scenario> All =>
        [
            new(
                "The caller cancels the probe",
                "half-open, and the next call is admitted",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await HalfOpenAsync(contender);
                    await contender.CancelAsync();
                    var state = contender.State;
                    var next = await contender.FailAsync();
                    return next.IsRefused ? $"{state}, and the next call is refused" : $"{state}, and the next call is admitted";
                }
            ),
            new(
                "A success arrives during the probe, of a call made before the circuit opened; then the probe fails",
                "half-open, then open",
                ScenarioSetup.Breaker,
                contender => LateAsync(contender, lateFails: false, probeFails: true)
            ),
            new(
                "A failure arrives during the probe, of a call made before the circuit opened; then the probe succeeds, and another",
                "half-open, then closed",
                ScenarioSetup.Breaker,
                contender => LateAsync(contender, lateFails: true, probeFails: false)
            ),
            new(
                "A probe never comes back; three hours later",
                "a call is answered",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await HalfOpenAsync(contender);
                    Hang(contender);
                    contender.Clock.Advance(Hours);
                    return $"a call is {(await contender.SucceedAsync()).Word}";
                }
            ),
            new(
                "Probes never come back; whoever is refused three hours later is told when to try again",
                "not in the past",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await HalfOpenAsync(contender);
                    Hang(contender);
                    contender.Clock.Advance(Hours);
                    Hang(contender);
                    var refused = (await contender.SucceedAsync()).Failure as BrokenCircuitException;
                    return refused?.RetryAfter < TimeSpan.Zero ? $"{refused.RetryAfter:c}" : "not in the past";
                }
            ),
            new(
                "The code that reads failures throws during a probe; an hour later",
                "the caller got the real failure; a call is answered",
                ScenarioSetup.Breaker with
                {
                    Meaning = BuggyOnceAfter(5),
                },
                async contender =>
                {
                    await HalfOpenAsync(contender);
                    var probe = await contender.FailAsync();
                    contender.Clock.Advance(TimeSpan.FromHours(1));
                    return $"the caller got {probe.Word}; a call is {(await contender.SucceedAsync()).Word}";
                }
            ),
            new(
                "The code that observes the circuit throws when it becomes half-open; an hour later",
                "the probe was answered; a call is answered",
                ScenarioSetup.Breaker with
                {
                    OnHalfOpen = () => throw new InvalidOperationException("an observer's bug"),
                },
                async contender =>
                {
                    await HalfOpenAsync(contender);
                    var probe = await contender.SucceedAsync();
                    contender.Clock.Advance(TimeSpan.FromHours(1));
                    return $"the probe was {probe.Word}; a call is {(await contender.SucceedAsync()).Word}";
                }
            ),
            new(
                "The wall clock is set back an hour while the circuit is open; 60 s later",
                "a call is answered",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await contender.OpenAsync();
                    contender.Clock.StepWallClock(TimeSpan.FromHours(-1));
                    contender.Clock.Advance(ScenarioSetup.Recovery);
                    return $"a call is {(await contender.SucceedAsync()).Word}";
                }
            ),
            new(
                "The wall clock is set forward an hour while the circuit is open; 1 s later",
                "a call is refused",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await contender.OpenAsync();
                    contender.Clock.StepWallClock(TimeSpan.FromHours(1));
                    contender.Clock.Advance(TimeSpan.FromSeconds(1));
                    return $"a call is {(await contender.SucceedAsync()).Word}";
                }
            ),
        ];

    private static async Task HalfOpenAsync(Contender contender)
    {
        await contender.OpenAsync();
        contender.Clock.Advance(ScenarioSetup.Recovery);
    }

    private static void Hang(Contender contender) =>
        _ = contender.CallAsync(_ => new ValueTask<object>(new TaskCompletionSource<object>().Task));

    private static async Task<string> LateAsync(Contender contender, bool lateFails, bool probeFails)
    {
        var (late, probe) = (new TaskCompletionSource<object>(), new TaskCompletionSource<object>());
        var lateCall = contender.CallAsync(_ => new ValueTask<object>(late.Task));
        await HalfOpenAsync(contender);
        var probeCall = contender.CallAsync(_ => new ValueTask<object>(probe.Task));
        End(late, lateFails);
        await lateCall;
        var during = contender.State;
        End(probe, probeFails);
        await probeCall;
        if (!probeFails)
            await contender.SucceedAsync();
        return $"{during}, then {contender.State}";
    }

    private static void End(TaskCompletionSource<object> call, bool fails)
    {
        if (fails)
            call.SetException(Contender.Down);
        else
            call.SetResult("fine");
    }

    private static Func<Exception?, object?, FailureDisposition?> BuggyOnceAfter(int failures)
    {
        var count = 0;
        return (failure, _) =>
        {
            if (failure is null)
                return null;
            return ++count == failures + 1 ? throw new InvalidOperationException("a classifier's bug") : FailureDisposition.Ambiguous;
        };
    }
}
