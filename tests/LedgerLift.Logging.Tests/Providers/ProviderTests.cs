using System.Diagnostics;
using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

public sealed class ProviderTests
{
    [Fact]
    public void Every_provider_gets_state_message_scopes_tags_baggage_and_exceptions_redacted()
    {
        using var set = new ProviderSet();
        using var activity = new Activity("work").SetTag("token", "hunter2-tag").AddBaggage("password", "hunter2-baggage").Start();
        using (set.Logger.BeginScope(new Dictionary<string, object?> { ["secret"] = "hunter2-scope", ["place"] = "door" }))
        using (set.Logger.BeginScope("pin={Pin}", "hunter2-pin"))
            set.Logger.LogError(
                new InvalidOperationException("password=hunter2-exception"),
                "User {User} with {Password} sent {@Body} to {Target}",
                "ada",
                "hunter2-state",
                new { Token = "hunter2-member", Size = 17 },
                "bob@example.org"
            );

        foreach (var (provider, text) in set.Output())
        {
            Assert.True(!text.Contains("hunter2", StringComparison.Ordinal), $"{provider}: {text}");
            Assert.True(!text.Contains("bob@", StringComparison.Ordinal), $"{provider}: {text}");
            Assert.True(text.Contains("ada", StringComparison.Ordinal), $"{provider}: {text}");
            Assert.True(text.Contains("InvalidOperationException", StringComparison.Ordinal), $"{provider}: {text}");
            Assert.True(text.Contains("door", StringComparison.Ordinal), $"{provider}: {text}");
            Assert.True(text.Contains("[REDACTED]", StringComparison.Ordinal), $"{provider}: {text}");
        }
    }

    [Fact]
    public void A_factory_of_its_own_is_behind_the_redaction_when_it_was_registered_before()
    {
        var sink = new SerilogSink();
        var serilog = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger();
        using var services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(_ => new SerilogLoggerFactory(serilog, dispose: true))
            .AddLogging(static builder => builder.AddLedgerLiftRedaction())
            .BuildServiceProvider();

        services.GetRequiredService<ILogger<ProviderTests>>().LogInformation("{Password}", "hunter2");

        Assert.DoesNotContain("hunter2", Assert.Single(sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_that_is_added_later_is_behind_it_too()
    {
        using var recorder = new LogRecorder();
        using var services = new ServiceCollection().AddLogging(static builder => builder.AddLedgerLiftRedaction()).BuildServiceProvider();
        var logger = services.GetRequiredService<ILogger<ProviderTests>>();
        services.GetRequiredService<ILoggerFactory>().AddProvider(recorder);

        logger.LogInformation("{Password}", "hunter2");

        Assert.Equal("[REDACTED]", Assert.Single(recorder.Records).Message);
    }

    [Fact]
    public void A_factory_without_a_container_can_be_wrapped()
    {
        using var recorder = new LogRecorder();
        using var created = LoggerFactory.Create(builder => builder.AddProvider(recorder).AddLedgerLiftRedaction());
        created.CreateLogger("x").LogInformation("{Password}", "hunter2");

        Assert.Equal("[REDACTED]", Assert.Single(recorder.Records).Message);
    }
}
