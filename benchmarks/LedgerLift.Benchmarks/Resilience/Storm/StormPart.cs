namespace LedgerLift.Benchmarks;

/// <summary>What retries do to a dependency that is dead for five minutes, and what a budget makes of them.</summary>
internal static class StormPart
{
    public static async Task RunAsync(BenchmarkRun run)
    {
        var plan = run.IsDry ? StormPlan.Dry : StormPlan.Full;
        var ours = await SimulateAsync(run, plan, StormProtections.Ours(breaker: false));
        var polly = await SimulateAsync(run, plan, StormProtections.Polly(breaker: false));
        var oursWithBreaker = await SimulateAsync(run, plan, StormProtections.Ours(breaker: true));
        var pollyWithBreaker = await SimulateAsync(run, plan, StormProtections.Polly(breaker: true));

        run.Figure("resilience.storm_calls_per_request", ours.CallsPerRequest, "calls", Goal.AtMost(1.3));
        run.Figure("resilience.storm_calls_per_request_polly", polly.CallsPerRequest, "calls", Goal.LowerIsBetter);
        run.Figure("resilience.storm_breaker_calls_per_request", oursWithBreaker.CallsPerRequest, "calls", Goal.LowerIsBetter);
        run.Figure("resilience.storm_breaker_calls_per_request_polly", pollyWithBreaker.CallsPerRequest, "calls", Goal.LowerIsBetter);
        run.Figure("resilience.storm_breaker_peak", oursWithBreaker.PeakAfterReturn, "calls/s", Goal.LowerIsBetter);
        run.Figure("resilience.storm_breaker_peak_polly", pollyWithBreaker.PeakAfterReturn, "calls/s", Goal.LowerIsBetter);

        var picture = StormPicture.Draw(
            plan,
            new StormPanel("Breakers off", ours, polly),
            new StormPanel("Breakers on", oursWithBreaker, pollyWithBreaker)
        );
        await run.WritePictureAsync("storm.svg", picture);
    }

    private static async Task<StormResult> SimulateAsync(BenchmarkRun run, StormPlan plan, StormClients clients)
    {
        StormResult? result = null;
        await run.OnceAsync(
            $"Storm: {clients.Name}",
            () =>
            {
                result = StormSimulation.Run(clients, plan);
                return Task.CompletedTask;
            }
        );
        return result!;
    }
}
