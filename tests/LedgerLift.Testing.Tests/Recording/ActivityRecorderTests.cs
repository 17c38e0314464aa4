using System.Diagnostics;

namespace LedgerLift.Testing.Tests;

public sealed class ActivityRecorderTests : IDisposable
{
    private readonly ActivitySource _source = new($"test.{Guid.NewGuid():N}");

    public void Dispose() => _source.Dispose();

    [Fact]
    public void Records_start_and_stop()
    {
        using var recorder = new ActivityRecorder(_source.Name);

        using (var activity = _source.StartActivity("work", ActivityKind.Client))
        {
            Assert.Equal("work", Assert.Single(recorder.Started).OperationName);
            Assert.Empty(recorder.Stopped);
            activity!.SetTag("key", "value");
            activity.SetStatus(ActivityStatusCode.Error);
        }

        var stopped = Assert.Single(recorder.Stopped);
        Assert.Equal(("value", ActivityStatusCode.Error), (stopped.GetTagItem("key"), stopped.Status));
    }

    [Fact]
    public void A_star_takes_every_source_that_starts_so()
    {
        using var recorder = new ActivityRecorder(_source.Name[..10] + "*");
        using var other = new ActivitySource("other." + _source.Name);

        _source.StartActivity("mine")?.Dispose();

        Assert.Null(other.StartActivity("theirs"));
        Assert.Equal("mine", Assert.Single(recorder.Stopped).OperationName);
    }

    [Fact]
    public void A_name_without_a_star_takes_that_source_only()
    {
        using var recorder = new ActivityRecorder(_source.Name);
        using var longer = new ActivitySource(_source.Name + ".more");

        Assert.Null(longer.StartActivity("theirs"));
        Assert.Empty(recorder.Started);
    }

    [Fact]
    public void The_filter_keeps_others_out()
    {
        using var recorder = new ActivityRecorder(_source.Name, activity => Equals(activity.GetTagItem("owner"), "me"));

        _source.StartActivity(ActivityKind.Internal, tags: [new("owner", "me")], name: "mine")?.Dispose();
        _source.StartActivity(ActivityKind.Internal, tags: [new("owner", "you")], name: "theirs")?.Dispose();

        Assert.Equal("mine", Assert.Single(recorder.Started).OperationName);
        Assert.Equal("mine", Assert.Single(recorder.Stopped).OperationName);
    }

    [Fact]
    public void Sampling_is_the_tests_choice()
    {
        using var recorder = new ActivityRecorder(_source.Name, sampling: ActivitySamplingResult.PropagationData);

        using var activity = _source.StartActivity("work");

        Assert.False(activity!.IsAllDataRequested);
    }

    [Fact]
    public void A_disposed_recorder_hears_nothing()
    {
        var recorder = new ActivityRecorder(_source.Name);
        recorder.Dispose();

        Assert.Null(_source.StartActivity("work"));
        recorder.Clear();
        Assert.Empty(recorder.Started);
    }
}
