using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LedgerLift.Telemetry.Tests;

[Collection(nameof(Alone))]
public sealed class InstrumentationTests
{
    [Fact]
    public void A_builder_is_told_once_however_many_threads_call()
    {
        var (tracing, metrics) = (new CountingTracing(), new CountingMetrics());
        using var start = new Barrier(16);
        var threads = Enumerable.Range(0, 16).Select(_ => new Thread(Call)).ToList();

        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        Assert.Equal(["LedgerLift.*", "Microsoft.AspNetCore"], tracing.Names);
        Assert.Equal(["LedgerLift.*", "Microsoft.AspNetCore.Hosting"], metrics.Names);

        void Call()
        {
            start.SignalAndWait();
            tracing.AddLedgerLiftInstrumentation();
            metrics.AddLedgerLiftInstrumentation();
        }
    }

    [Fact]
    public void Two_builders_are_told_each()
    {
        var (one, two) = (new CountingTracing(), new CountingTracing());

        one.AddLedgerLiftInstrumentation();
        two.AddLedgerLiftInstrumentation();

        Assert.Equal(one.Names, two.Names);
    }

    [Fact]
    public void A_span_of_any_LedgerLift_source_is_exported_once_also_when_added_twice()
    {
        var exported = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource("LedgerLift.Anything.At.All");
        using var stranger = new ActivitySource("Somebody.Else");
        using (
            Sdk.CreateTracerProviderBuilder()
                .AddLedgerLiftInstrumentation()
                .AddLedgerLiftInstrumentation()
                .AddProcessor(new SimpleActivityExportProcessor(new Keep<Activity>(exported)))
                .Build()
        )
        {
            source.StartActivity("ours")!.Dispose();
            Assert.Null(stranger.StartActivity("theirs"));
        }

        Assert.Equal("ours", Assert.Single(exported).DisplayName);
    }

    [Fact]
    public void A_measurement_of_any_LedgerLift_meter_is_exported_once_also_when_added_twice()
    {
        var exported = new ConcurrentQueue<Metric>();
        using var meter = new Meter("LedgerLift.Anything.At.All");
        var counter = meter.CreateCounter<long>("ledgerlift.anything");
        using (
            var provider = Sdk.CreateMeterProviderBuilder()
                .AddLedgerLiftInstrumentation()
                .AddLedgerLiftInstrumentation()
                .AddReader(new BaseExportingMetricReader(new Keep<Metric>(exported)))
                .Build()
        )
        {
            counter.Add(7);
            provider.ForceFlush(10_000);
            Assert.Single(exported, static metric => metric.Name == "ledgerlift.anything");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_host_may_subscribe_before_or_behind_its_own_configuration(bool before)
    {
        var exported = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource("LedgerLift.Anything.At.All");
        using (
            OpenTelemetrySdk.Create(builder =>
            {
                if (before)
                    builder.Services.AddLedgerLiftTelemetry();
                builder.WithTracing(tracing => tracing.AddProcessor(new SimpleActivityExportProcessor(new Keep<Activity>(exported))));
                if (!before)
                    builder.Services.AddLedgerLiftTelemetry();
            })
        )
        {
            source.StartActivity("ours")!.Dispose();
        }

        Assert.Single(exported);
    }

    [Fact]
    public void By_itself_it_listens_to_nothing()
    {
        using var source = new ActivitySource("LedgerLift.Anything.At.All");
        using var provider = new ServiceCollection().AddLedgerLiftTelemetry().BuildServiceProvider();

        Assert.False(source.HasListeners());
    }

    private sealed class Keep<T>(ConcurrentQueue<T> kept) : BaseExporter<T>
        where T : class
    {
        public override ExportResult Export(in Batch<T> batch)
        {
            foreach (var each in batch)
                kept.Enqueue(each);
            return ExportResult.Success;
        }
    }

    private sealed class CountingTracing : TracerProviderBuilder
    {
        public List<string> Names { get; } = [];

        public override TracerProviderBuilder AddInstrumentation<TInstrumentation>(Func<TInstrumentation> instrumentationFactory) => this;

        public override TracerProviderBuilder AddSource(params string[] names)
        {
            Names.AddRange(names);
            return this;
        }

        public override TracerProviderBuilder AddLegacySource(string operationName) => this;
    }

    private sealed class CountingMetrics : MeterProviderBuilder
    {
        public List<string> Names { get; } = [];

        public override MeterProviderBuilder AddInstrumentation<TInstrumentation>(Func<TInstrumentation> instrumentationFactory) => this;

        public override MeterProviderBuilder AddMeter(params string[] names)
        {
            Names.AddRange(names);
            return this;
        }
    }
}
