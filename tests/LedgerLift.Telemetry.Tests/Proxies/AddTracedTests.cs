using System.Diagnostics;
using System.Runtime.CompilerServices;
using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Telemetry.Tests;

public sealed class AddTracedTests : IDisposable
{
    private readonly Activity _outer = new Activity("test").Start();
    private readonly ActivityRecorder _spans;
    private readonly ServiceProvider _provider = new ServiceCollection().AddTraced<IWork, Work>().BuildServiceProvider();
    private readonly IWork _work;

    public AddTracedTests()
    {
        _spans = new ActivityRecorder(TelemetryDiagnostics.ActivitySourceName, span => span.TraceId == _outer.TraceId);
        _work = _provider.GetRequiredService<IWork>();
    }

    public void Dispose()
    {
        _provider.Dispose();
        _spans.Dispose();
        _outer.Dispose();
    }

    [Fact]
    public void A_value_and_nothing_at_all()
    {
        _work.Do();

        Assert.Equal(8, _work.Add(7));
        Assert.Equal(["IWork.Do", "IWork.Add"], _spans.Stopped.Select(span => span.DisplayName));
    }

    [Fact]
    public async Task Tasks_are_followed_to_their_end()
    {
        var gate = new TaskCompletionSource();
        Task[] running =
        [
            _work.WaitAsync(gate.Task),
            _work.AnswerAsync(gate.Task),
            _work.WaitLightAsync(gate.Task).AsTask(),
            _work.AnswerLightAsync(gate.Task).AsTask(),
        ];

        Assert.Equal(4, _spans.Started.Count);
        Assert.Empty(_spans.Stopped);
        Assert.Same(_outer, Activity.Current);
        gate.SetResult();
        await Task.WhenAll(running);

        await Poll.UntilAsync(() => _spans.Stopped.Count == 4);
        Assert.All(_spans.Stopped, span => Assert.Equal((ActivityStatusCode.Ok, _outer.SpanId), (span.Status, span.ParentSpanId)));
        Assert.Equal(7, await (Task<int>)running[1]);
    }

    [Fact]
    public async Task Streams_are_followed_to_their_end()
    {
        var stream = _work.CountAsync(3);
        Assert.Empty(_spans.Started);

        Assert.Equal([0, 1, 2], await stream.ToListAsync());

        Assert.Equal("IWork.CountAsync", Assert.Single(_spans.Stopped).DisplayName);
    }

    [Fact]
    public async Task Exceptions_are_those_of_the_service()
    {
        Assert.Equal("thrown", Assert.Throws<InvalidOperationException>(() => _work.Fail()).Message);
        Assert.Equal("failed", (await Assert.ThrowsAsync<InvalidOperationException>(() => _work.FailAsync())).Message);

        await Poll.UntilAsync(() => _spans.Stopped.Count == 2);
        Assert.All(_spans.Stopped, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Fact]
    public void Generic_methods_references_and_defaults_pass()
    {
        var number = 1;

        Assert.Equal("x", _work.Echo("x"));
        Assert.Equal(5, _work.Echo(5));
        Assert.True(_work.TryTake(ref number, out var text));
        Assert.Equal((2, "out"), (number, text));
    }

    [Fact]
    public void Properties_pass_without_a_span()
    {
        _work.Size = 3;

        Assert.Equal(3, _work.Size);
        Assert.Empty(_spans.Started);
    }

    [Theory]
    [InlineData(ServiceLifetime.Singleton)]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    public void The_lifetime_is_the_one_asked_for_and_the_service_is_disposed_with_it(ServiceLifetime lifetime)
    {
        var services = new ServiceCollection().AddTraced<IWork, Work>(lifetime);
        Work implementation;
        using (var provider = services.BuildServiceProvider(validateScopes: true))
        using (var scope = provider.CreateScope())
        {
            var one = scope.ServiceProvider.GetRequiredService<IWork>();
            var two = scope.ServiceProvider.GetRequiredService<IWork>();
            Assert.Equal(lifetime != ServiceLifetime.Transient, ReferenceEquals(one, two));
            implementation = (Work)one.Self;
            Assert.False(implementation.IsDisposed);
        }

        Assert.True(implementation.IsDisposed);
    }

    [Fact]
    public void What_is_no_interface_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddTraced<Work, Work>());

    internal interface IWork
    {
        int Size { get; set; }

        object Self { get; }

        void Do();

        int Add(int number);

        void Fail();

        Task FailAsync();

        Task WaitAsync(Task gate);

        Task<int> AnswerAsync(Task gate);

        ValueTask WaitLightAsync(Task gate);

        ValueTask<int> AnswerLightAsync(Task gate);

        IAsyncEnumerable<int> CountAsync(int count, CancellationToken cancellationToken = default);

        T Echo<T>(T value);

        bool TryTake(ref int number, out string text);
    }

    private sealed class Work : IWork, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public int Size { get; set; }

        public object Self => this;

        public void Do() => Assert.Equal("IWork.Do", Activity.Current!.DisplayName);

        public int Add(int number) => number + 1;

        public void Fail() => throw new InvalidOperationException("thrown");

        public async Task FailAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("failed");
        }

        public async Task WaitAsync(Task gate) => await gate;

        public async Task<int> AnswerAsync(Task gate)
        {
            await gate;
            return 7;
        }

        public async ValueTask WaitLightAsync(Task gate) => await gate;

        public async ValueTask<int> AnswerLightAsync(Task gate)
        {
            await gate;
            return 7;
        }

        public async IAsyncEnumerable<int> CountAsync(int count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }

        public T Echo<T>(T value) => value;

        public bool TryTake(ref int number, out string text)
        {
            (number, text) = (number + 1, "out");
            return true;
        }

        public void Dispose() => IsDisposed = true;
    }
}
