using System.Diagnostics.Metrics;

namespace LedgerLift.Testing.Tests;

public sealed class MetricRecorderTests : IDisposable
{
    private readonly Meter _meter = new($"test.{Guid.NewGuid():N}");

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Sums_values_and_last_by_instrument_and_tags()
    {
        using var recorder = new MetricRecorder(_meter.Name);
        var counter = _meter.CreateCounter<long>("hits", "{hit}");
        var duration = _meter.CreateHistogram<double>("duration", "s");

        counter.Add(2, new("kind", "a"), new("ok", true));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "b"));
        duration.Record(0.25);
        duration.Record(0.5);

        Assert.Equal(5, recorder.Sum("hits"));
        Assert.Equal(2, recorder.Sum("hits", ("kind", "a"), ("ok", true)));
        Assert.Equal(0, recorder.Sum("hits", ("kind", "a"), ("ok", false)));
        Assert.Equal([0.25, 0.5], recorder.Values("duration"));
        Assert.Equal(0.5, recorder.Last("duration"));
        Assert.Null(recorder.Last("nothing"));
        Assert.Equal("{hit}", recorder.Measurements[0].Unit);
        Assert.Equal(["duration", "hits"], recorder.Instruments.Select(instrument => instrument.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hears_every_numeric_type()
    {
        using var recorder = new MetricRecorder(_meter.Name);

        _meter.CreateCounter<byte>("n").Add(1);
        _meter.CreateCounter<short>("n").Add(2);
        _meter.CreateCounter<int>("n").Add(4);
        _meter.CreateCounter<long>("n").Add(8);
        _meter.CreateCounter<float>("n").Add(16);
        _meter.CreateCounter<double>("n").Add(32);
        _meter.CreateCounter<decimal>("n").Add(64);

        Assert.Equal(127, recorder.Sum("n"));
    }

    [Fact]
    public void Collect_asks_the_observable_instruments()
    {
        var depth = 3;
        _meter.CreateObservableGauge("depth", () => depth);
        using var recorder = new MetricRecorder(_meter.Name);
        Assert.Empty(recorder.Measurements);

        recorder.Collect();
        depth = 5;
        recorder.Collect();

        Assert.Equal([3, 5], recorder.Values("depth"));
    }

    [Fact]
    public void One_instrument_and_tag_keep_the_others_out()
    {
        using var recorder = new MetricRecorder(_meter.Name, "hits", ("name", "mine"));
        var hits = _meter.CreateCounter<int>("hits");
        var misses = _meter.CreateCounter<int>("misses");

        hits.Add(1, new KeyValuePair<string, object?>("name", "mine"));
        hits.Add(10, new KeyValuePair<string, object?>("name", "theirs"));
        misses.Add(100, new KeyValuePair<string, object?>("name", "mine"));

        Assert.Equal(1, Assert.Single(recorder.Measurements).Value);
    }

    [Fact]
    public void Another_meter_and_a_disposed_recorder_hear_nothing()
    {
        using var other = new Meter(_meter.Name + ".other");
        var recorder = new MetricRecorder(_meter.Name);
        var counter = _meter.CreateCounter<int>("hits");

        other.CreateCounter<int>("hits").Add(1);
        recorder.Dispose();
        counter.Add(1);

        Assert.Empty(recorder.Measurements);
    }

    [Fact]
    public void Clear_forgets_and_keeps_listening()
    {
        using var recorder = new MetricRecorder(_meter.Name);
        var counter = _meter.CreateCounter<int>("hits");
        counter.Add(1);

        recorder.Clear();
        counter.Add(2);

        Assert.Equal(2, recorder.Sum("hits"));
    }
}
