using System.Diagnostics;
using System.Diagnostics.Metrics;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Redis.Tests;

/// <summary>Who listens for spans listens in the whole process, so nothing else runs meanwhile.</summary>
[Collection(nameof(ServerKillers))]
public sealed class RedisCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_waits_leaves_its_caller_its_own_span()
    {
        using var spans = new ActivityRecorder(AuthRedisDiagnostics.ActivitySourceName);
        using var own = new Activity("own").Start();
        var answer = new TaskCompletionSource<int>();

        var call = Begin(answer.Task);

        Assert.Same(own, Activity.Current);
        Assert.False(call.IsCompleted);
        answer.SetResult(7);
        Assert.Equal(7, await call);
        Assert.Same(own, Activity.Current);
        Assert.Equal(own.SpanId, Assert.Single(spans.Stopped).ParentSpanId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_measured_belongs_to_the_span_of_the_call_or_else_of_its_caller(bool traced)
    {
        using var spans = traced ? new ActivityRecorder(AuthRedisDiagnostics.ActivitySourceName) : null;
        var seen = new List<Activity?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, own) =>
        {
            if (instrument.Meter.Name == AuthRedisDiagnostics.MeterName)
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => seen.Add(Activity.Current));
        listener.Start();
        using var own = new Activity("own").Start();
        var answer = new TaskCompletionSource<int>();

        var call = Begin(answer.Task);
        answer.SetResult(7);
        await call;

        Assert.Same(traced ? Assert.Single(spans!.Stopped) : own, Assert.Single(seen));
    }

    [Fact]
    public async Task A_call_that_need_not_wait_ends_where_it_began()
    {
        using var own = new Activity("own").Start();

        var call = Begin(Task.FromResult(7));

        Assert.True(call.IsCompletedSuccessfully);
        Assert.Same(own, Activity.Current);
        Assert.Equal(7, await call);
    }

    [Fact]
    public async Task A_result_that_is_taken_twice_is_not_that_of_another_call()
    {
        var first = Begin(Task.FromResult(1));
        Assert.Equal(1, Take(first));
        var answer = new TaskCompletionSource<int>();
        var second = Begin(answer.Task);

        Assert.Throws<InvalidOperationException>(() => Take(first));
        Assert.Throws<InvalidOperationException>(() => Take(second));

        answer.SetResult(2);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Failures_are_the_stores_but_for_those_of_the_caller()
    {
        var unavailable = await Assert.ThrowsAsync<TokenStoreException>(() => Begin(Failed(new TimeoutException())).AsTask());
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Begin(Failed(new ArgumentException("no"))).AsTask());
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        Assert.Equal(TokenStoreErrorCodes.Unavailable, unavailable.Code);
        Assert.Equal("no", refused.Message);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Begin(Failed(new OperationCanceledException()), canceled.Token).AsTask()
        );
        await Assert.ThrowsAsync<TokenStoreException>(() => Begin(Failed(new OperationCanceledException())).AsTask());
    }

    private static Task<int> Failed(Exception failure) => Task.FromException<int>(failure);

    private static ValueTask<int> Begin(Task<int> work) => Begin(work, Cancellation);

    private static ValueTask<int> Begin(Task<int> work, CancellationToken cancellationToken) =>
        RedisCall<int>
            .Begin(TimeProvider.System, RedisOperation.Find, static _ => "found", cancellationToken)
            .RunAsync(new ValueTask<int>(work));

#pragma warning disable VSTHRD002 // What is taken too early is what is tested.
    private static int Take(ValueTask<int> call) => call.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
}
