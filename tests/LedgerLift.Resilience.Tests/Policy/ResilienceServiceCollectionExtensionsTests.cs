using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace LedgerLift.Resilience.Tests;

public sealed class ResilienceServiceCollectionExtensionsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly IOException _down = new("connection reset");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_policys_services_are_singletons_that_share_one_state()
    {
        await using var services = Build(s => s.AddLedgerLiftResilience("store", o => o.CircuitBreaker!.FailureThreshold = 1));
        var executor = services.GetRequiredKeyedService<ResilienceExecutor>("store");
        var breaker = services.GetRequiredKeyedService<CircuitBreaker>("store");

        Assert.Same(executor, services.GetRequiredKeyedService<ResilienceExecutor>("store"));
        Assert.Same(executor.CircuitBreaker, breaker);
        Assert.Same(executor.Budget, services.GetRequiredKeyedService<RetryBudget>("store"));
        Assert.Equal("store", breaker.Name);
        var pipeline = services.GetRequiredKeyedService<ResiliencePipeline>("store");
        Assert.Same(_down, await Record.ExceptionAsync(() => pipeline.ExecuteAsync(_ => ValueTask.FromException(_down), Token).AsTask()));

        await Assert.ThrowsAsync<CircuitOpenException>(() =>
            executor.ExecuteAsync(OperationSafety.Idempotent, _ => ValueTask.CompletedTask, Token).AsTask()
        );
        Assert.Equal(BreakerState.Open, breaker.State);
    }

    [Fact]
    public async Task Policies_of_different_names_share_nothing()
    {
        await using var services = Build(s => s.AddLedgerLiftResilience("one").AddLedgerLiftResilience("other"));

        services.GetRequiredKeyedService<CircuitBreaker>("one").Trip();

        Assert.Equal(BreakerState.Closed, services.GetRequiredKeyedService<CircuitBreaker>("other").State);
        Assert.Null(services.GetKeyedService<CircuitBreaker>("third"));
    }

    [Fact]
    public async Task Calling_twice_adds_to_the_configuration_and_registers_nothing_twice()
    {
        await using var services = Build(s =>
        {
            s.AddLedgerLiftResilience("store", o => (o.Retry.MaxRetries, o.RetryOpenCircuit) = (1, true));
            var before = s.Count(descriptor => descriptor.ServiceType == typeof(ResilienceExecutor));
            s.AddLedgerLiftResilience("store", o => o.Retry.MaxRetries = 2);
            Assert.Equal(before, s.Count(descriptor => descriptor.ServiceType == typeof(ResilienceExecutor)));
        });

        var options = services.GetRequiredService<IOptionsMonitor<ResiliencePolicyOptions>>().Get("store");

        Assert.Equal((2, true), (options.Retry.MaxRetries, options.RetryOpenCircuit));
        Assert.Single(services.GetKeyedServices<ResilienceExecutor>("store"));
        Assert.Single(services.GetServices<ICircuitBreakerRegistry>());
    }

    [Fact]
    public async Task A_policy_without_breaker_or_budget_says_so_when_one_is_asked_for()
    {
        await using var services = Build(s => s.AddLedgerLiftResilience("bare", o => (o.CircuitBreaker, o.Budget) = (null, null)));

        Assert.Null(services.GetRequiredKeyedService<ResilienceExecutor>("bare").CircuitBreaker);
        var breaker = Assert.Throws<InvalidOperationException>(() => services.GetRequiredKeyedService<CircuitBreaker>("bare"));
        var budget = Assert.Throws<InvalidOperationException>(() => services.GetRequiredKeyedService<RetryBudget>("bare"));
        var keyed = Assert.Throws<InvalidOperationException>(() => Registry(services).GetOrAdd("bare", "key"));
        Assert.Equal("The resilience policy 'bare' has no circuit breaker: its options set CircuitBreaker to null.", breaker.Message);
        Assert.Equal("The resilience policy 'bare' has no retry budget: its options set Budget to null.", budget.Message);
        Assert.Equal(breaker.Message, keyed.Message);
        Assert.Equal(5, await services.GetRequiredKeyedService<ResiliencePipeline>("bare").ExecuteAsync(_ => new ValueTask<int>(5), Token));
    }

    [Fact]
    public async Task A_host_with_faulty_options_does_not_start_and_says_every_fault()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddLedgerLiftResilience(
            "store",
            o =>
            {
                o.AttemptTimeout = TimeSpan.FromMinutes(1);
                o.Retry.BaseDelay = TimeSpan.FromMinutes(2);
                o.CircuitBreaker!.MaxConcurrentProbes = 3;
            }
        );
        using var host = builder.Build();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(
            [
                "CircuitBreaker.MaxConcurrentProbes must be from 1 to SuccessThreshold (2), but is 3.",
                "Retry.BaseDelay must be from zero to MaxDelay (00:00:30), but is 00:02:00.",
                "AttemptTimeout (00:01:00) must be at most TotalTimeout (00:00:30).",
            ],
            refusal.Failures
        );
    }

    [Fact]
    public async Task The_clock_the_log_and_the_policys_own_classifier_come_from_the_container()
    {
        using var log = new LogRecorder();
        await using var services = Build(s =>
            s.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(log)
                .AddKeyedSingleton<IFailureClassifier>("store", new FixedClassifier(FailureDisposition.Permanent))
                .AddLedgerLiftResilience("store", o => o.CircuitBreaker!.FailureThreshold = 1)
                .AddLedgerLiftResilience("other", o => (o.CircuitBreaker!.FailureThreshold, o.Retry.MaxRetries) = (1, 0))
        );

        foreach (var name in new[] { "store", "other" })
        {
            await Record.ExceptionAsync(() => Executor(services, name).ExecuteAsync(OperationSafety.Idempotent, FailAsync, Token).AsTask());
            var pipeline = services.GetRequiredKeyedService<ResiliencePipeline>(name);
            await Record.ExceptionAsync(() => pipeline.ExecuteAsync(FailAsync, Token).AsTask());
        }

        Assert.Equal(BreakerState.Closed, services.GetRequiredKeyedService<CircuitBreaker>("store").State);
        var other = services.GetRequiredKeyedService<CircuitBreaker>("other");
        _clock.AdvanceTimestamp(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.Zero, other.GetSnapshot().RetryAfter);
        other.TryEnter(out var permit);
        permit.Ignore();
        other.Close();
        other.Isolate();
        Assert.Equal([1000, 1001, 1002, 1003], log.Records.Select(record => record.EventId.Id));
        Assert.Equal(
            "The circuit 'other' opened (threshold); the last failure was System.IO.IOException.",
            Assert.Single(log.WithId(1000)).Message
        );
        Assert.DoesNotContain(_down.Message, log.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pipeline_has_the_policys_order_total_timeout_retry_breaker_attempt_timeout()
    {
        await using var services = Build(s =>
            s.AddLedgerLiftResilience(
                "store",
                o =>
                {
                    o.TotalTimeout = TimeSpan.FromSeconds(5);
                    o.AttemptTimeout = TimeSpan.FromSeconds(1);
                    o.Retry.JitterMode = JitterMode.None;
                    o.CircuitBreaker!.FailureThreshold = 3;
                }
            )
        );
        var pipeline = services.GetRequiredKeyedService<ResiliencePipeline>("store");
        var context = ResilienceContextPool.Shared.Get(Token);
        context.Properties.Set(ResilienceKeys.OperationSafety, OperationSafety.Idempotent);
        var calls = 0;

        var call = pipeline
            .ExecuteAsync(
                async inside =>
                {
                    calls++;
                    await Task.Delay(Timeout.InfiniteTimeSpan, _clock, inside.CancellationToken);
                },
                context
            )
            .AsTask();
        // 1 s hung, 1 s waited, 1 s hung: the next wait of 2 s ends at the total timeout and is not begun.
        for (var second = 0; second < 3; second++)
        {
            await _clock.WaitForTimerAsync(2);
            await Task.Run(() => _clock.Advance(TimeSpan.FromSeconds(1)), Token);
        }

        var thrown = await Assert.ThrowsAsync<TimeoutRejectedException>(() => call);
        Assert.Equal((2, TimeSpan.FromSeconds(1)), (calls, thrown.Timeout));
        Assert.Equal(2, services.GetRequiredKeyedService<CircuitBreaker>("store").GetSnapshot().ConsecutiveFailures);
        ResilienceContextPool.Shared.Return(context);
    }

    [Fact]
    public async Task A_dependency_that_hangs_until_the_total_timeout_is_a_failure_for_the_pipelines_breaker()
    {
        await using var services = Build(s => s.AddLedgerLiftResilience("store", o => o.TotalTimeout = TimeSpan.FromMilliseconds(5)));
        var pipeline = services.GetRequiredKeyedService<ResiliencePipeline>("store");

        var call = pipeline.ExecuteAsync(async token => await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token), Token).AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(5));

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => call);
        Assert.Equal(1, services.GetRequiredKeyedService<CircuitBreaker>("store").GetSnapshot().ConsecutiveFailures);
    }

    [Fact]
    public async Task Pollys_telemetry_reaches_the_pipeline_through_the_registered_builder()
    {
        var recorder = new PollyRecorder();
        await using var services = Build(s =>
            s.AddTransient(_ => recorder.Listened()).AddLedgerLiftResilience("store", o => o.CircuitBreaker!.FailureThreshold = 1)
        );

        var pipeline = services.GetRequiredKeyedService<ResiliencePipeline>("store");
        await Record.ExceptionAsync(() => pipeline.ExecuteAsync(FailAsync, Token).AsTask());

        Assert.Equal(["OnCircuitOpened", "ExecutionAttempt"], recorder.Names);
        Assert.All(recorder.Events, one => Assert.Equal("store", one.Pipeline));
    }

    [Fact]
    public async Task The_registry_knows_the_breakers_of_resolved_policies_and_the_keyed_ones()
    {
        await using var services = Build(s =>
            s.AddLedgerLiftResilience("store", o => (o.MaxKeyedBreakers, o.CircuitBreaker!.FailureThreshold) = (2, 7))
                .AddLedgerLiftResilience("unused")
        );
        var registry = Registry(services);
        Assert.Empty(registry.Breakers);

        var bucket = registry.GetOrAdd("store", "bucket");

        Assert.Same(bucket, registry.GetOrAdd("store", "bucket"));
        Assert.NotSame(bucket, registry.GetOrAdd("store", "other"));
        Assert.Equal(
            ["store", "store/bucket", "store/other"],
            registry.Breakers.Select(breaker => breaker.Name).Order(StringComparer.Ordinal)
        );
        var unknown = Assert.Throws<InvalidOperationException>(() => registry.GetOrAdd("nobody", "key"));
        Assert.Contains("'nobody'", unknown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("policyName", () => registry.GetOrAdd(" ", "key"));
        Assert.Throws<ArgumentException>("key", () => registry.GetOrAdd("store", ""));
        for (var i = 0; i < 6; i++)
            Fail(bucket);
        Assert.Equal(BreakerState.Closed, bucket.State);
        Fail(bucket);
        Assert.Equal(BreakerState.Open, bucket.State);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        var services = new ServiceCollection();

        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddLedgerLiftResilience("a"));
        Assert.Throws<ArgumentException>("policyName", () => services.AddLedgerLiftResilience(" "));
        Assert.Throws<ArgumentNullException>("section", () => services.AddLedgerLiftResilience("a", section: (IConfiguration)null!));
        Assert.Empty(services);
    }

    private static ResilienceExecutor Executor(IServiceProvider services, string name) =>
        services.GetRequiredKeyedService<ResilienceExecutor>(name);

    private static ICircuitBreakerRegistry Registry(IServiceProvider services) => services.GetRequiredService<ICircuitBreakerRegistry>();

    private static void Fail(CircuitBreaker breaker)
    {
        breaker.TryEnter(out var permit);
        permit.Failure();
    }

    private ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock);
        add(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private ValueTask FailAsync(CancellationToken cancellationToken) => ValueTask.FromException(_down);
}
