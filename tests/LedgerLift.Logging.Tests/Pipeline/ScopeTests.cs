using System.Diagnostics;
using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

public sealed class ScopeTests
{
    [Fact]
    public void Scopes_of_every_kind_are_redacted()
    {
        var recorder = new LogRecorder();
        using var provider = Build(recorder);
        var logger = provider.GetRequiredService<ILogger<ScopeTests>>();

        using (logger.BeginScope("User {Email} at {Place}", "ada@example.org", "door"))
        using (logger.BeginScope(new Dictionary<string, object?> { ["password"] = "hunter2", ["n"] = 1 }))
        using (logger.BeginScope(new Dictionary<string, string> { ["token"] = "hunter2" }))
        using (logger.BeginScope(KeyValuePair.Create<string, object?>("secret", "hunter2")))
        using (logger.BeginScope("password=hunter2"))
        using (logger.BeginScope(new { ApiKey = "hunter2" }))
        using (logger.BeginScope(new Dictionary<string, object?> { ["nested"] = new Dictionary<string, object?> { ["pin"] = "hunter2" } }))
            logger.LogInformation("x");

        var record = recorder.Records[^1];
        Assert.Equal(7, record.Scopes.Count);
        Assert.DoesNotContain("hunter2", record.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("ada@", record.AllText(), StringComparison.Ordinal);
        Assert.Contains("door", record.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dictionary_that_changes_while_its_scope_is_open_tells_nothing_new()
    {
        var recorder = new LogRecorder();
        using var provider = Build(recorder);
        var logger = provider.GetRequiredService<ILogger<ScopeTests>>();
        var scope = new Dictionary<string, object?> { ["n"] = 1 };

        using (logger.BeginScope(scope))
        {
            scope["password"] = "hunter2";
            logger.LogInformation("x");
        }

        Assert.DoesNotContain("hunter2", recorder.AllText(), StringComparison.Ordinal);
        Assert.Contains(
            new KeyValuePair<string, object?>("n", 1),
            Assert.IsType<IEnumerable<KeyValuePair<string, object?>>>(recorder.Records[0].Scopes[0], exactMatch: false)
        );
    }

    [Fact]
    public void A_scope_pushed_past_the_logger_is_redacted()
    {
        var recorder = new LogRecorder();
        using var provider = Build(recorder);

        using (provider.GetRequiredService<IExternalScopeProvider>().Push(new Dictionary<string, object?> { ["password"] = "hunter2" }))
            provider.GetRequiredService<ILogger<ScopeTests>>().LogInformation("x");

        Assert.DoesNotContain("hunter2", recorder.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_and_baggage_of_the_activity_are_redacted_and_its_ids_are_there()
    {
        var recorder = new LogRecorder();
        using var provider = Build(recorder, static options => options.ActivityTrackingOptions = (ActivityTrackingOptions)0x7F);
        using var activity = new Activity("work")
            .SetTag("token", "hunter2")
            .SetTag("http.method", "GET")
            .AddBaggage("password", "hunter2")
            .Start();

        provider.GetRequiredService<ILogger<ScopeTests>>().LogInformation("x");

        var text = recorder.AllText();
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains("GET", text, StringComparison.Ordinal);
        Assert.Contains(activity.TraceId.ToHexString(), text, StringComparison.Ordinal);
        Assert.Contains(activity.SpanId.ToHexString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_of_the_activity_stand_where_the_framework_puts_them()
    {
        const ActivityTrackingOptions Ids =
            ActivityTrackingOptions.SpanId
            | ActivityTrackingOptions.TraceId
            | ActivityTrackingOptions.ParentId
            | ActivityTrackingOptions.TraceFlags;
        var ours = new LogRecorder();
        var theirs = new LogRecorder();
        using var provider = Build(ours, static options => options.ActivityTrackingOptions = Ids);
        using var plain = new ServiceCollection()
            .AddLogging(builder => builder.AddProvider(theirs).Configure(static options => options.ActivityTrackingOptions = Ids))
            .BuildServiceProvider();
        using var activity = new Activity("work").Start();

        provider.GetRequiredService<ILogger<ScopeTests>>().LogInformation("x");
        plain.GetRequiredService<ILogger<ScopeTests>>().LogInformation("x");

        Assert.Equal(Pairs(theirs), Pairs(ours));

        static IEnumerable<string> Pairs(LogRecorder recorder) =>
            Assert
                .IsType<IEnumerable<KeyValuePair<string, object?>>>(Assert.Single(recorder.Records[0].Scopes), exactMatch: false)
                .Select(static pair => $"{pair.Key}={pair.Value}");
    }

    private static ServiceProvider Build(LogRecorder recorder, Action<LoggerFactoryOptions>? configure = null) =>
        new ServiceCollection()
            .AddLogging(builder =>
            {
                builder.AddProvider(recorder).AddLedgerLiftRedaction();
                if (configure is not null)
                    builder.Configure(configure);
            })
            .BuildServiceProvider();
}
