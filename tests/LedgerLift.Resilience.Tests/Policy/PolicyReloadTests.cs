using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace LedgerLift.Resilience.Tests;

public sealed class PolicyReloadTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly LogRecorder _log = new();
    private readonly IOException _down = new("connection reset");
    private readonly IConfigurationRoot _configuration;
    private readonly ServiceProvider _services;

    public PolicyReloadTests()
    {
        _configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Store:CircuitBreaker:FailureThreshold"] = "3",
                    ["Store:Retry:MaxRetries"] = "1",
                    ["Store:Retry:BaseDelay"] = "00:00:00",
                    ["Store:Retry:JitterMode"] = "None",
                    ["Store:Budget:MinRetriesPerSecond"] = "7",
                    ["Store:TotalTimeout"] = "00:00:20",
                    ["Store:AttemptTimeout"] = "00:00:02.5",
                }
            )
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock).AddSingleton<ILoggerFactory>(_log);
        services.AddLedgerLiftResilience("store", _configuration.GetSection("Store"));
        _services = services.BuildServiceProvider();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResilienceExecutor Executor => _services.GetRequiredKeyedService<ResilienceExecutor>("store");

    private ResiliencePipeline Pipeline => _services.GetRequiredKeyedService<ResiliencePipeline>("store");

    private CircuitBreaker Breaker => _services.GetRequiredKeyedService<CircuitBreaker>("store");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Options_come_from_the_section()
    {
        Assert.Equal(70, Executor.Budget!.Balance);
        Assert.Equal(2, await CallsAsync());
        Assert.Equal(2, Breaker.GetSnapshot().ConsecutiveFailures);
        Assert.Equal(TimeSpan.FromSeconds(2.5), (await HangAsync()).Timeout);
        Assert.Equal(BreakerState.Open, Breaker.State);
    }

    [Fact]
    public async Task Retries_follow_a_change_in_executor_and_pipeline()
    {
        Breaker.Close();
        Assert.Equal(2, await CallsAsync());

        Change("CircuitBreaker:FailureThreshold", "1000");
        Change("Retry:MaxRetries", "4");

        Assert.Equal(5, await CallsAsync());
        Assert.Equal(5, await PipelineCallsAsync());
    }

    [Fact]
    public async Task Timeouts_follow_a_change_also_one_that_takes_them_away()
    {
        var pipeline = Pipeline;
        Assert.Equal(TimeSpan.FromSeconds(2.5), (await HangAsync()).Timeout);

        Change("AttemptTimeout", "00:00:01");
        Assert.Equal(TimeSpan.FromSeconds(1), (await HangAsync()).Timeout);
        Change("AttemptTimeout", value: null);
        Assert.Equal(TimeSpan.FromSeconds(20), (await HangAsync()).Timeout);

        Assert.Same(pipeline, Pipeline);
    }

    [Fact]
    public void A_change_of_the_breakers_settings_keeps_its_state_and_keyed_ones_follow_too()
    {
        var keyed = _services.GetRequiredService<ICircuitBreakerRegistry>().GetOrAdd("store", "bucket");
        Fail(Breaker, keyed);
        Fail(Breaker, keyed);

        Change("CircuitBreaker:FailureThreshold", "4");

        Fail(Breaker, keyed);
        Assert.Equal((BreakerState.Closed, 3), (Breaker.State, Breaker.GetSnapshot().ConsecutiveFailures));
        Assert.Equal(BreakerState.Closed, keyed.State);
        Fail(Breaker, keyed);
        Assert.Equal((BreakerState.Open, BreakerState.Open), (Breaker.State, keyed.State));

        Change("CircuitBreaker:FailureThreshold", "9");
        Assert.Equal(BreakerState.Open, Breaker.State);
        var younger = _services.GetRequiredService<ICircuitBreakerRegistry>().GetOrAdd("store", "younger");
        for (var i = 0; i < 8; i++)
            Fail(younger);
        Assert.Equal(BreakerState.Closed, younger.State);
    }

    [Theory]
    [InlineData("Retry:Jitter", "1.5", "Retry.Jitter must be from 0 to 1, but is 1.5.")]
    [InlineData("Retry:MaxRetries", "many", "Failed to convert configuration value 'many'")]
    public async Task A_faulty_change_is_logged_and_not_followed(string key, string value, string fault)
    {
        Change("CircuitBreaker:FailureThreshold", "1000");
        Assert.Equal(2, await CallsAsync());

        // The options monitor of the host complains by an exception of its own.
        Record.Exception(() => Change(key, value));

        var line = Assert.Single(_log.WithId(1004));
        Assert.Equal((LogLevel.Error, "store"), (line.Level, line["Policy"]));
        Assert.Contains(fault, line.Message, StringComparison.Ordinal);
        Assert.Equal(2, await CallsAsync());
        Assert.Equal(2, await PipelineCallsAsync());
    }

    [Fact]
    public async Task A_disposed_host_follows_no_more_but_calls_under_way_go_on()
    {
        var (executor, pipeline) = (Executor, Pipeline);
        await _services.DisposeAsync();

        Change("Retry:MaxRetries", "7");

        Assert.Empty(_log.Records);
        Assert.Equal(5, await pipeline.ExecuteAsync(_ => new ValueTask<int>(5), Token));
        var calls = 0;
        await Record.ExceptionAsync(() =>
            executor
                .ExecuteAsync(
                    OperationSafety.Idempotent,
                    _ =>
                    {
                        calls++;
                        return ValueTask.FromException(_down);
                    },
                    Token
                )
                .AsTask()
        );
        Assert.Equal(2, calls);
    }

    private static void Fail(params ReadOnlySpan<CircuitBreaker> breakers)
    {
        foreach (var breaker in breakers)
        {
            breaker.TryEnter(out var permit);
            permit.Failure();
        }
    }

    private void Change(string key, string? value)
    {
        _configuration[$"Store:{key}"] = value;
        _configuration.Reload();
    }

    private async Task<int> CallsAsync()
    {
        var calls = 0;
        await Record.ExceptionAsync(() => Executor.ExecuteAsync(OperationSafety.Idempotent, FailAsync, Token).AsTask());
        return calls;

        ValueTask FailAsync(CancellationToken cancellationToken)
        {
            calls++;
            return ValueTask.FromException(_down);
        }
    }

    private async Task<int> PipelineCallsAsync()
    {
        var calls = 0;
        var context = ResilienceContextPool.Shared.Get(Token);
        context.Properties.Set(ResilienceKeys.OperationSafety, OperationSafety.Idempotent);
        await Record.ExceptionAsync(() => Pipeline.ExecuteAsync(FailAsync, context).AsTask());
        ResilienceContextPool.Shared.Return(context);
        return calls;

        ValueTask FailAsync(ResilienceContext inside)
        {
            calls++;
            return ValueTask.FromException(_down);
        }
    }

    // The shortest timeout of the pipeline ends the call; not marked idempotent, it is not retried.
    private async Task<TimeoutRejectedException> HangAsync()
    {
        var call = Pipeline.ExecuteAsync(async token => await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token), Token).AsTask();
        _clock.Advance(_clock.TimersDueIn.Min());
        return await Assert.ThrowsAsync<TimeoutRejectedException>(() => call);
    }
}
