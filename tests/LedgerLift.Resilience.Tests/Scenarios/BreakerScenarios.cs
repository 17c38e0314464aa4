namespace LedgerLift.Resilience.Tests;

/// <summary>When a circuit opens and closes.</summary>
internal static class BreakerScenarios
{
    internal static IEnumerable<Scenario> All =>
        [
            new(
                "One success, then nothing but failures; the window is a day",
                "refused after 5 failures",
                ScenarioSetup.Breaker with
                {
                    PollysWindow = TimeSpan.FromDays(1),
                },
                async contender =>
                {
                    await contender.SucceedAsync();
                    return await FailUntilRefusedAsync(contender, most: 1000, TimeSpan.Zero);
                }
            ),
            new(
                "A failure every 8 seconds; the window is 30 seconds",
                "refused after 5 failures",
                ScenarioSetup.Breaker,
                contender => FailUntilRefusedAsync(contender, most: 100, TimeSpan.FromSeconds(8))
            ),
            new(
                "Four failures, a success, four failures",
                "closed",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await FailAsync(contender, 4);
                    await contender.SucceedAsync();
                    await FailAsync(contender, 4);
                    return contender.State;
                }
            ),
            new(
                "Four failures, a call that its caller cancels, a failure",
                "open",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await FailAsync(contender, 4);
                    await contender.CancelAsync();
                    await FailAsync(contender, 1);
                    return contender.State;
                }
            ),
            new(
                "A hundred answers that refuse the request for good (not found)",
                "closed",
                ScenarioSetup.Breaker with
                {
                    Meaning = (_, _) => FailureDisposition.Permanent,
                },
                async contender =>
                {
                    await FailAsync(contender, 100);
                    return contender.State;
                }
            ),
            new(
                "After the recovery time, two successful probes",
                "half-open after one, closed after two",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await contender.OpenAsync();
                    contender.Clock.Advance(ScenarioSetup.Recovery);
                    await contender.SucceedAsync();
                    var afterOne = contender.State;
                    await contender.SucceedAsync();
                    return $"{afterOne} after one, {contender.State} after two";
                }
            ),
            new(
                "A probe fails",
                "open; refused after 59 s, answered after 60 s",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await contender.OpenAsync();
                    contender.Clock.Advance(ScenarioSetup.Recovery);
                    await contender.FailAsync();
                    var state = contender.State;
                    contender.Clock.Advance(TimeSpan.FromSeconds(59));
                    var early = await contender.SucceedAsync();
                    contender.Clock.Advance(TimeSpan.FromSeconds(1));
                    return $"{state}; {early.Word} after 59 s, {(await contender.SucceedAsync()).Word} after 60 s";
                }
            ),
            new(
                "Ten callers at the moment a probe may be made",
                "1 admitted",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await contender.OpenAsync();
                    contender.Clock.Advance(ScenarioSetup.Recovery);
                    var gate = new TaskCompletionSource<object>();
                    var calls = Enumerable.Range(0, 10).Select(_ => contender.CallAsync(_ => new ValueTask<object>(gate.Task))).ToList();
                    var admitted = calls.Count(call => !call.IsCompleted);
                    gate.SetResult("fine");
                    await Task.WhenAll(calls);
                    return $"{admitted} admitted";
                }
            ),
            new(
                "Isolated by hand for a day, then closed by hand",
                "refused, then answered",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await contender.IsolateAsync();
                    contender.Clock.Advance(TimeSpan.FromDays(1));
                    var isolated = await contender.SucceedAsync();
                    await contender.CloseAsync();
                    return $"{isolated.Word}, then {(await contender.SucceedAsync()).Word}";
                }
            ),
            new(
                "The state is looked at after the recovery time",
                "open, open; then answered",
                ScenarioSetup.Breaker,
                async contender =>
                {
                    await contender.OpenAsync();
                    contender.Clock.Advance(ScenarioSetup.Recovery);
                    var (first, second) = (contender.State, contender.State);
                    return $"{first}, {second}; then {(await contender.SucceedAsync()).Word}";
                }
            ),
        ];

    private static async Task FailAsync(Contender contender, int times)
    {
        for (var i = 0; i < times; i++)
            await contender.FailAsync();
    }

    private static async Task<string> FailUntilRefusedAsync(Contender contender, int most, TimeSpan apart)
    {
        for (var failures = 0; failures < most; failures++)
        {
            if ((await contender.FailAsync()).IsRefused)
                return $"refused after {failures} failures";
            contender.Clock.Advance(apart);
        }

        return $"never refused in {most} failures";
    }
}
