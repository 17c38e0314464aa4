using System.Diagnostics;
using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

public sealed class RequestContextTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void A_blank_id_is_refused(string? id) => Assert.ThrowsAny<ArgumentException>(() => RequestContext.SetRequestId(id!));

    [Fact]
    public async Task An_id_flows_through_awaits_tasks_and_threads()
    {
        using (RequestContext.SetRequestId("r-1"))
        {
            await Task.Yield();
            Assert.Equal("r-1", RequestContext.RequestId);
            Assert.Equal("r-1", await Task.Run(static () => RequestContext.RequestId, TestContext.Current.CancellationToken));
            Assert.Equal("r-1", await DeepAsync(5));
            string? onThread = null;
            var thread = new Thread(() => onThread = RequestContext.RequestId);
            thread.Start();
            thread.Join();
            Assert.Equal("r-1", onThread);
        }

        Assert.Null(RequestContext.RequestId);

        static async Task<string?> DeepAsync(int depth)
        {
            await Task.Yield();
            return depth == 0 ? RequestContext.RequestId : await DeepAsync(depth - 1);
        }
    }

    [Fact]
    public void Ids_nest_and_the_outer_one_comes_back()
    {
        using (RequestContext.SetRequestId("outer"))
        {
            using (RequestContext.SetRequestId("inner"))
                Assert.Equal("inner", RequestContext.RequestId);

            Assert.Equal("outer", RequestContext.RequestId);
        }

        Assert.Null(RequestContext.RequestId);
    }

    [Fact]
    public async Task Work_that_outlives_its_request_has_no_id_and_not_that_of_the_next()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string?> left;
        using (RequestContext.SetRequestId("first"))
            left = LeftAsync();

        using (RequestContext.SetRequestId("second"))
        {
            goOn.SetResult();
            Assert.Null(await left);
            Assert.Equal("second", RequestContext.RequestId);
        }

        async Task<string?> LeftAsync()
        {
            await goOn.Task;
            return RequestContext.RequestId;
        }
    }

    [Fact]
    public async Task Requests_side_by_side_have_their_own()
    {
        var ids = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(static async i =>
                {
                    using (RequestContext.SetRequestId($"r-{i}"))
                    {
                        await Task.Delay(1);
                        return RequestContext.RequestId;
                    }
                })
        );

        Assert.Equal(Enumerable.Range(0, 50).Select(static i => $"r-{i}"), ids);
    }

    [Fact]
    public void Disposing_twice_or_in_the_wrong_order_leaves_no_id_behind()
    {
        var outer = RequestContext.SetRequestId("outer");
        var inner = RequestContext.SetRequestId("inner");
        outer.Dispose();
        Assert.Equal("inner", RequestContext.RequestId);

        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
        Assert.Null(RequestContext.RequestId);
    }

    /// <summary>Property 14 of the requirement documents: once an id is set, all events in that context have it.</summary>
    [Fact]
    public void Every_event_carries_request_trace_and_span_id()
    {
        using var recorder = new LogRecorder();
        using var services = RegistrationTests.Build(recorder, static builder => builder.AddLedgerLiftLogging());
        var logger = services.GetRequiredService<ILogger<RequestContextTests>>();
        using var activity = new Activity("work").Start();
        using (RequestContext.SetRequestId("r-1"))
        {
            logger.LogInformation("plain {Count}", 1);
            logger.LogInformation("hidden {Password}", "x");
            logger.LogError(new InvalidOperationException("pwd=x"), "failed");
            logger.Log(LogLevel.Information, 0, "text", exception: null, static (state, _) => state);
            GeneratedMessages.Numbers(logger, 1, 2, Guid.Empty);
        }

        Assert.Equal(5, recorder.Records.Count);
        Assert.All(
            recorder.Records,
            record =>
            {
                Assert.Equal("r-1", record["request_id"]);
                Assert.Equal(activity.TraceId.ToHexString(), record["trace_id"]);
                Assert.Equal(activity.SpanId.ToHexString(), record["span_id"]);
                if (record.State.Any(static pair => string.Equals(pair.Key, "{OriginalFormat}", StringComparison.Ordinal)))
                    Assert.Equal("{OriginalFormat}", record.State[^1].Key);
            }
        );
        Assert.Equal("plain 1", recorder.Records[0].Message);
        Assert.Equal(
            ["Count", "request_id", "trace_id", "span_id", "{OriginalFormat}"],
            recorder.Records[0].State.Select(static pair => pair.Key)
        );
    }

    [Fact]
    public void Outside_of_a_request_there_is_nothing_to_carry()
    {
        using var recorder = new LogRecorder();
        using var services = RegistrationTests.Build(recorder, static builder => builder.AddLedgerLiftLogging());
        Activity.Current = null;

        services.GetRequiredService<ILogger<RequestContextTests>>().LogInformation("plain {Count}", 1);

        Assert.Equal(["Count", "{OriginalFormat}"], recorder.Records[0].State.Select(static pair => pair.Key));
    }

    [Fact]
    public void Providers_that_show_only_scopes_see_the_ids_in_one()
    {
        using var recorder = new LogRecorder();
        using var services = RegistrationTests.Build(recorder, static builder => builder.AddLedgerLiftLogging());
        using (RequestContext.SetRequestId("r-1"))
            services.GetRequiredService<ILogger<RequestContextTests>>().LogInformation("x");

        Assert.Contains("request_id:r-1", recorder.Records[0].Scopes[0]!.ToString(), StringComparison.Ordinal);
    }
}
