using System.Globalization;

namespace LedgerLift.Resilience.Tests;

/// <summary>What retries do to their caller and to the dependency.</summary>
internal static class RetryScenarios
{
    private const int Clients = 100;

    internal static IEnumerable<Scenario> All =>
        [
            new(
                $"{Clients} clients fail together and reach the longest wait (the ninth)",
                "0 of them wait exactly 30 s",
                ScenarioSetup.Retry with
                {
                    Jitter = true,
                    MaxRetries = 9,
                },
                async contender =>
                {
                    for (var client = 0; client < Clients; client++)
                        await contender.FinishAsync(contender.FailAsync());
                    var ninth = contender.Waits.Where((_, index) => index % 9 == 8);
                    return $"{ninth.Count(wait => wait == TimeSpan.FromSeconds(30))} of them wait exactly 30 s";
                }
            ),
            new(
                "First waits of one second, spread by a fifth",
                "within 0.80 s and 1.20 s",
                ScenarioSetup.Retry with
                {
                    Jitter = true,
                    MaxRetries = 1,
                },
                async contender =>
                {
                    for (var client = 0; client < Clients; client++)
                        await contender.FinishAsync(contender.FailAsync());
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"within {contender.Waits.Min().TotalSeconds:0.00} s and {contender.Waits.Max().TotalSeconds:0.00} s"
                    );
                }
            )
            {
                Holds = seen => Number(seen, 1) >= 0.8 && Number(seen, 4) <= 1.2,
            },
            new(
                "The server asks for two hours; the longest wait is 30 s",
                "waits 00:00:30",
                ScenarioSetup.Retry with
                {
                    MaxRetries = 1,
                    RetryAfter = TimeSpan.FromHours(2),
                },
                async contender =>
                {
                    await contender.FinishAsync(contender.FailAsync());
                    return $"waits {contender.Waits.Single():c}";
                }
            ),
            new(
                "A failure with 300 ms left in all and 1 s to wait",
                "the real failure after 0 ms",
                ScenarioSetup.Retry with
                {
                    TotalTimeout = TimeSpan.FromMilliseconds(300),
                },
                async contender =>
                {
                    var start = contender.Clock.GetTimestamp();
                    var end = await contender.FinishAsync(contender.FailAsync());
                    var failure = end.Chain.Contains(Contender.Down) ? end.Word : $"{end.Word}, the real failure lost,";
                    return $"{failure} after {contender.Clock.GetElapsedTime(start).TotalMilliseconds} ms";
                }
            ),
            new(
                "All four tries fail",
                "the last failure itself, with 4 attempts attached",
                ScenarioSetup.Retry,
                async contender =>
                {
                    var last = new IOException("the last");
                    var calls = 0;
                    var end = await contender.FinishAsync(
                        contender.CallAsync(_ => ValueTask.FromException<object>(++calls == 4 ? last : new IOException("another")))
                    );
                    var attempts = (end.Failure?.Data[RetryAttempt.ExceptionDataKey] as IReadOnlyList<RetryAttempt>)?.Count ?? 0;
                    return $"{(end.Failure == last ? "the last failure itself" : end.Word)}, with {attempts} attempts attached";
                }
            ),
            new(
                "500 requests to a dead dependency, sharing a budget of a fifth",
                "at most 770 calls: 100 in store, a fifth, 10 a second for 7 s",
                ScenarioSetup.Retry with
                {
                    Budget = true,
                },
                async contender =>
                {
                    var calls = 0;
                    var requests = Enumerable
                        .Range(0, 500)
                        .Select(_ =>
                            contender.CallAsync(_ =>
                            {
                                calls++;
                                return ValueTask.FromException<object>(Contender.Down);
                            })
                        )
                        .ToList();
                    await contender.FinishAsync(JoinAsync(requests));
                    return $"{calls} calls";
                }
            )
            {
                Holds = seen => Number(seen, 0) <= 770,
            },
            new(
                "A charge takes effect and its answer is lost, again and again",
                "charged once",
                ScenarioSetup.Retry,
                async contender =>
                {
                    var charges = 0;
                    await contender.FinishAsync(
                        contender.CallAsync(
                            _ =>
                            {
                                charges++;
                                return ValueTask.FromException<object>(Contender.Down);
                            },
                            OperationSafety.NonIdempotent
                        )
                    );
                    return charges == 1 ? "charged once" : $"charged {charges} times";
                }
            ),
            new(
                "A charge is refused by a dependency that is busy, then accepted",
                "charged once",
                ScenarioSetup.Retry with
                {
                    Meaning = (failure, _) => failure is null ? null : FailureDisposition.Throttled,
                },
                async contender =>
                {
                    var (calls, charges) = (0, 0);
                    await contender.FinishAsync(
                        contender.CallAsync(
                            _ => ++calls == 1 ? ValueTask.FromException<object>(Contender.Down) : new ValueTask<object>(++charges),
                            OperationSafety.NonIdempotent
                        )
                    );
                    return charges == 1 ? "charged once" : $"charged {charges} times";
                }
            ),
            new(
                "A call comes while the circuit is open, with 60 s to go",
                "refused after 0 s",
                ScenarioSetup.Retry with
                {
                    UsesBreaker = true,
                },
                async contender =>
                {
                    while (contender.State != "open")
                        await contender.FinishAsync(contender.FailAsync());
                    var start = contender.Clock.GetTimestamp();
                    var end = await contender.FinishAsync(contender.SucceedAsync());
                    return $"{end.Word} after {contender.Clock.GetElapsedTime(start).TotalSeconds} s";
                }
            ),
            new(
                "The caller cancels during a wait",
                "cancelled after 0 s, with the caller's token",
                ScenarioSetup.Retry,
                async contender =>
                {
                    using var caller = new CancellationTokenSource();
                    var start = contender.Clock.GetTimestamp();
                    var call = contender.CallAsync(_ => ValueTask.FromException<object>(Contender.Down), caller: caller.Token);
                    await contender.Clock.WaitForTimerAsync();
                    await caller.CancelAsync();
                    var end = await call;
                    var token = (end.Failure as OperationCanceledException)?.CancellationToken == caller.Token ? "the caller's" : "another";
                    return $"{end.Word} after {contender.Clock.GetElapsedTime(start).TotalSeconds} s, with {token} token";
                }
            ),
            new(
                "Three bad results that must be disposed, then a good one",
                "disposed 1, 1, 1, 0 times",
                ScenarioSetup.Retry with
                {
                    Meaning = (_, result) => result is Stock { IsBad: true } ? FailureDisposition.Throttled : null,
                },
                async contender =>
                {
                    var stocks = new List<Stock>();
                    await contender.FinishAsync(
                        contender.CallAsync(_ =>
                        {
                            stocks.Add(new Stock(withBug: false) { IsBad = stocks.Count < 3 });
                            return new ValueTask<object>(stocks[^1]);
                        })
                    );
                    return $"disposed {string.Join(", ", stocks.Select(stock => stock.Disposed))} times";
                }
            ),
        ];

    private static async Task<CallEnd> JoinAsync(List<Task<CallEnd>> calls) => (await Task.WhenAll(calls))[^1];

    private static double Number(string seen, int word) => double.Parse(seen.Split(' ')[word], CultureInfo.InvariantCulture);
}
