using System.Collections.Concurrent;
using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace LedgerLift.Requirements.Tests;

public sealed class TelemetryProperties
{
    private static readonly ActivitySource Source = new("LedgerLift.Requirements");

    [Fact, Trait("Property", "11")]
    public void Asking_for_instrumentation_several_times_is_asking_once() =>
        Prop.ForAll(
                Cases.Of(Gen.Choose(1, 10)),
                times =>
                {
                    var seen = new SpanCounter();
                    var builder = Sdk.CreateTracerProviderBuilder();
                    for (var time = 0; time < times; time++)
                        builder.AddLedgerLiftInstrumentation();
                    using (builder.AddProcessor(seen).Build())
                    {
                        using var span = Source.StartActivity($"span of {times}");
                    }

                    Assert.Equal(1, seen.Names.Count(name => name == $"span of {times}"));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact, Trait("Property", "12")]
    public void What_is_traced_keeps_its_kind_and_its_result() =>
        Prop.ForAll<int>(value =>
            {
                Assert.Equal(value, Traced.Run(Source, "value", () => value));
                Task<int> task = Traced.RunAsync(Source, "task", () => Task.FromResult(value));
                Assert.Equal(value, task.GetAwaiter().GetResult());
                ValueTask<int> valueTask = Traced.RunAsync(Source, "value task", () => ValueTask.FromResult(value));
                Assert.Equal(value, valueTask.AsTask().GetAwaiter().GetResult());
                IAsyncEnumerable<int> stream = Traced.RunAsync(Source, "stream", () => StreamAsync(value));
                Assert.Equal([value, value], stream.ToListAsync().AsTask().GetAwaiter().GetResult());
                var thrown = new InvalidOperationException($"{value}");
                Func<int> failing = () => throw thrown;
                Assert.Same(
                    thrown,
                    Assert.Throws<InvalidOperationException>(() =>
                    {
                        _ = Traced.Run(Source, "failure", failing);
                    })
                );
            })
            .Check(Cases.Config);

    private static async IAsyncEnumerable<int> StreamAsync(int value)
    {
        yield return value;
        await Task.Yield();
        yield return value;
    }

    private sealed class SpanCounter : BaseProcessor<Activity>
    {
        public ConcurrentQueue<string> Names { get; } = new();

        public override void OnEnd(Activity data) => Names.Enqueue(data.DisplayName);
    }
}
