using System.Diagnostics;
using LedgerLift.Testing;

namespace LedgerLift.Telemetry.Tests;

public sealed class TracedTests : IDisposable
{
    private static readonly ActivitySource s_silent = new("Nobody.Listens");

    private readonly ActivitySource _source = new($"LedgerLift.Tests.{Guid.NewGuid():N}");
    private readonly ActivityRecorder _spans;

    public TracedTests() => _spans = new ActivityRecorder(_source.Name);

    public void Dispose()
    {
        _spans.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void A_value_is_given_back_and_the_span_is_over()
    {
        var seen = Traced.Run(_source, "work", static () => Activity.Current!.DisplayName);

        Assert.Equal("work", seen);
        Assert.Null(Activity.Current);
        Assert.Equal(ActivityStatusCode.Ok, Assert.Single(_spans.Stopped).Status);
    }

    [Fact]
    public void An_action_runs_inside_too()
    {
        string? seen = null;
        Traced.Run(
            _source,
            "work",
            () =>
            {
                seen = Activity.Current!.DisplayName;
            }
        );

        Assert.Equal(("work", 1), (seen, _spans.Stopped.Count));
    }

    [Fact]
    public void An_exception_is_the_same_and_the_span_an_error_without_its_text()
    {
        var failure = new InvalidOperationException("no route to db-7");

        Assert.Same(failure, Assert.Throws<InvalidOperationException>(() => Traced.Run(_source, "work", int () => throw failure)));

        AssertFailed("System.InvalidOperationException");
        Assert.Null(Activity.Current);
    }

    public static TheoryData<string> Shapes =>
        [
            "Task",
            "Task<T>",
            "ValueTask",
            "ValueTask<T>",
            "Async Task<T>",
            "T is Task",
            "T is Task<T>",
            "T is ValueTask",
            "T is ValueTask<T>",
            "T is object",
        ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task The_span_ends_with_the_work(string shape)
    {
        var gate = new TaskCompletionSource();
        using var outer = new Activity("outer").Start();

        var running = Start(shape, gate.Task);

        Assert.Same(outer, Activity.Current);
        Assert.Empty(_spans.Stopped);
        gate.SetResult();
        await running;
        await Poll.UntilAsync(() => _spans.Stopped.Count == 1);
        var span = Assert.Single(_spans.Stopped);
        Assert.Equal((ActivityStatusCode.Ok, outer.SpanId, "work"), (span.Status, span.ParentSpanId, span.GetTagItem("inside")));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_failure_is_the_same_object_however_it_comes(string shape)
    {
        var failure = new InvalidOperationException("no route to db-7");
        var gate = new TaskCompletionSource();
        var running = Start(shape, gate.Task);

        gate.SetException(failure);

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => running));
        await Poll.UntilAsync(() => _spans.Stopped.Count == 1);
        AssertFailed("System.InvalidOperationException");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task What_was_cancelled_stays_so_and_is_neither_fine_nor_failed(string shape)
    {
        var gate = new TaskCompletionSource();
        var running = Start(shape, gate.Task);

        gate.SetCanceled(CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(running.IsCanceled);
        await Poll.UntilAsync(() => _spans.Stopped.Count == 1);
        Assert.Equal(ActivityStatusCode.Unset, _spans.Stopped[0].Status);
    }

    [Fact]
    public async Task All_failures_of_a_task_are_kept()
    {
        var gate = new TaskCompletionSource();
        var running = Traced.RunAsync(_source, "work", () => gate.Task);

        gate.SetException([new InvalidOperationException("one"), new FormatException("two")]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => running);
        Assert.Equal(["one", "two"], running.Exception!.InnerExceptions.Select(each => each.Message));
    }

    [Fact]
    public void A_task_that_is_over_is_given_back_itself()
    {
        var task = Task.FromResult(7);

        Assert.Same(task, Traced.RunAsync(_source, "work", () => task));
        Assert.Single(_spans.Stopped);
    }

    [Fact]
    public void An_operation_that_throws_before_its_task_has_a_span_as_well()
    {
        Assert.Throws<FormatException>(() =>
        {
            _ = Traced.RunAsync(_source, "work", Task () => throw new FormatException());
        });
        Assert.Throws<FormatException>(() =>
        {
            _ = Traced.Run(_source, "work", IAsyncEnumerable<int> () => throw new FormatException());
        });

        Assert.Equal(2, _spans.Stopped.Count);
        Assert.All(_spans.Stopped, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_is_a_span_from_its_first_step_to_its_end(bool generic)
    {
        using var outer = new Activity("outer").Start();
        var stream = Stream(generic, CountAsync(3));
        Assert.Empty(_spans.Started);

        var seen = new List<int>();
        await foreach (var each in stream)
        {
            Assert.Same(outer, Activity.Current);
            Assert.Empty(_spans.Stopped);
            seen.Add(each);
        }

        Assert.Equal([0, 1, 2], seen);
        var span = Assert.Single(_spans.Stopped);
        Assert.Equal((ActivityStatusCode.Ok, outer.SpanId, "work"), (span.Status, span.ParentSpanId, span.GetTagItem("inside")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_fails_is_an_error(bool generic)
    {
        var failure = new InvalidOperationException("no route to db-7");
        var stream = Stream(generic, CountAsync(3, failure));

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(async () => await DrainAsync(stream)));
        AssertFailed("System.InvalidOperationException");
    }

    [Fact]
    public async Task A_stream_that_is_left_early_ends_then_and_one_read_twice_is_two_spans()
    {
        var stream = Stream(generic: false, CountAsync(3));
        await using (var steps = stream.GetAsyncEnumerator(TestContext.Current.CancellationToken))
            Assert.True(await steps.MoveNextAsync());

        Assert.Equal(ActivityStatusCode.Ok, Assert.Single(_spans.Stopped).Status);
        Assert.Equal(3, await DrainAsync(stream));
        Assert.Equal(2, _spans.Stopped.Count);
    }

    [Fact]
    public async Task The_callers_token_reaches_the_stream()
    {
        using var stop = new CancellationTokenSource();
        var stream = Stream(generic: false, CountAsync(3));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in stream.WithCancellation(stop.Token))
                await stop.CancelAsync();
        });

        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(_spans.Stopped).Status);
    }

    [Fact]
    public async Task Without_a_listener_the_operation_is_called_and_nothing_else()
    {
        var gate = new TaskCompletionSource<int>();
        var running = Traced.RunAsync(s_silent, "work", () => gate.Task);

        Assert.Same(gate.Task, running);
        gate.SetResult(7);
        Assert.Equal(7, await running);
        Assert.Equal(7, Traced.Run(s_silent, "work", static () => 7));
        Assert.Equal(3, await DrainAsync(Traced.Run(s_silent, "work", () => CountAsync(3))));
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentNullException>(() => Traced.Run(null!, "work", static () => 7));
        Assert.Throws<ArgumentNullException>(() => Traced.Run(_source, null!, static () => 7));
        Assert.Throws<ArgumentNullException>(() => Traced.Run(_source, "work", (Func<int>)null!));
        Assert.Throws<ArgumentNullException>(() => Traced.Run(_source, "work", (Action)null!));
    }

    private void AssertFailed(string type)
    {
        var span = Assert.Single(_spans.Stopped);
        Assert.Equal((ActivityStatusCode.Error, null, type), (span.Status, span.StatusDescription, span.GetTagItem("error.type")));
        Assert.Empty(span.Events);
    }

    private Task Start(string shape, Task gate)
    {
        async Task Work()
        {
            Activity.Current?.SetTag("inside", Activity.Current.DisplayName);
            await gate;
        }

        async Task<int> Answer()
        {
            await Work();
            return 7;
        }

        return shape switch
        {
            "Task" => Traced.Run(_source, "work", () => Work()),
            "Task<T>" => Traced.Run(_source, "work", () => Answer()),
            "ValueTask" => Traced.Run(_source, "work", () => new ValueTask(Work())).AsTask(),
            "ValueTask<T>" => Traced.Run(_source, "work", () => new ValueTask<int>(Answer())).AsTask(),
            "Async Task<T>" => Traced.RunAsync(_source, "work", async () => await Answer()),
            "T is Task" => RunAs<Task>(() => Work()),
            "T is Task<T>" => RunAs<Task<int>>(() => Answer()),
            "T is ValueTask" => RunAs<ValueTask>(() => new ValueTask(Work())).AsTask(),
            "T is ValueTask<T>" => RunAs<ValueTask<int>>(() => new ValueTask<int>(Answer())).AsTask(),
            _ => (Task)RunAs<object>(() => Answer()),
        };
    }

    // As generic code calls it: the overload for any T.
    private T RunAs<T>(Func<T> operation) => Traced.Run(_source, "work", operation);

    private IAsyncEnumerable<int> Stream(bool generic, IAsyncEnumerable<int> inner) =>
        generic ? RunAs(() => inner) : Traced.Run(_source, "work", () => inner);

    private static async IAsyncEnumerable<int> CountAsync(
        int count,
        Exception? failure = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        for (var i = 0; i < count; i++)
        {
            Activity.Current?.SetTag("inside", Activity.Current.DisplayName);
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return i;
        }

        if (failure is not null)
            throw failure;
    }

    private static async Task<int> DrainAsync(IAsyncEnumerable<int> stream)
    {
        var count = 0;
        await foreach (var _ in stream)
            count++;
        return count;
    }
}
