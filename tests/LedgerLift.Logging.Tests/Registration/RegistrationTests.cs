using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void Null_is_refused()
    {
        var builder = new ServiceCollection().AddLogging().BuildServiceProvider();
        builder.Dispose();

        Assert.Throws<ArgumentNullException>(static () => RedactionLoggingBuilderExtensions.AddLedgerLiftRedaction(null!));
        Assert.Throws<ArgumentNullException>(static () => LedgerLiftLoggingBuilderExtensions.AddLedgerLiftLogging(null!));
        new ServiceCollection().AddLogging(static logging =>
        {
            Assert.Throws<ArgumentNullException>(() => logging.AddLedgerLiftRedaction((IConfiguration)null!));
            Assert.Throws<ArgumentNullException>(() => logging.AddLedgerLiftLogging((IConfiguration)null!));
        });
    }

    [Fact]
    public void Registering_twice_redacts_once_and_keeps_both_configurations()
    {
        using var recorder = new LogRecorder();
        using var services = Build(
            recorder,
            static builder =>
            {
                builder.AddLedgerLiftRedaction(static options => options.AdditionalKeyPatterns.Add("badge"));
                builder.AddLedgerLiftRedaction(static options => options.Placeholder = "***");
                builder.AddLedgerLiftLogging().AddLedgerLiftLogging();
            }
        );

        services.GetRequiredService<ILogger<RegistrationTests>>().LogInformation("{Badge} {Password}", 1, 2);

        Assert.Equal("*** ***", recorder.Records[0].Message);
        Assert.Single(services.GetServices<ILoggerFactory>());
        Assert.Equal(4 + 1, services.GetServices<ConsoleFormatter>().Count());
    }

    [Fact]
    public void The_redactor_in_use_can_be_asked_for()
    {
        using var services = Build(
            new LogRecorder(),
            static builder => builder.AddLedgerLiftRedaction(static options => options.AdditionalKeyPatterns.Add("badge"))
        );

        Assert.True(services.GetRequiredService<PiiRedactor>().IsSensitiveKey("badge"));
    }

    [Fact]
    public void Options_come_from_configuration()
    {
        using var recorder = new LogRecorder();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Redaction:Placeholder"] = "###",
                    ["Redaction:AdditionalKeyPatterns:0"] = "badge",
                    ["Redaction:AllowedKeys:0"] = "pin",
                    ["Redaction:Masks:Email"] = "Typed",
                }
            )
            .Build();
        using var services = Build(recorder, builder => builder.AddLedgerLiftRedaction(configuration.GetSection("Redaction")));

        services.GetRequiredService<ILogger<RegistrationTests>>().LogInformation("{Badge} {Pin} {Text}", 1, 2, "ada@example.org");

        Assert.Equal("### 2 ###:email", recorder.Records[0].Message);
    }

    [Fact]
    public void Changed_options_count_for_the_next_event()
    {
        using var recorder = new LogRecorder();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AdditionalKeyPatterns:0"] = "badge" })
            .Build();
        using var services = Build(recorder, builder => builder.AddLedgerLiftRedaction(configuration));
        var logger = services.GetRequiredService<ILogger<RegistrationTests>>();
        const string Template = "{Badge} {Shoe}";

        logger.LogInformation(Template, 1, 2);
        configuration["AdditionalKeyPatterns:0"] = "shoe";
        configuration.Reload();
        logger.LogInformation(Template, 1, 2);

        Assert.Equal(["[REDACTED] 2", "1 [REDACTED]"], recorder.Records.Select(static record => record.Message));
    }

    [Fact]
    public void Changed_options_that_are_not_valid_are_logged_and_the_old_ones_stay()
    {
        using var recorder = new LogRecorder();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AdditionalKeyPatterns:0"] = "badge" })
            .Build();
        using var services = Build(recorder, builder => builder.AddLedgerLiftRedaction(configuration));
        var logger = services.GetRequiredService<ILogger<RegistrationTests>>();
        logger.LogInformation("{Badge}", 1);

        configuration["MaxDepth"] = "0";
        configuration.Reload();
        logger.LogInformation("{Badge}", 1);

        Assert.Equal("[REDACTED]", recorder.Records[^1].Message);
        Assert.Contains("MaxDepth is 0", Assert.Single(recorder.WithId(6000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_are_not_valid_stop_the_host()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddLedgerLiftRedaction(static options => options.MaxItems = 0);

        await Assert.ThrowsAsync<OptionsValidationException>(() => RunAsync(builder));
    }

    [Fact]
    public async Task A_host_with_the_usual_providers_starts()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddLedgerLiftLogging(static options => options.Level = "None");

        Assert.Null(await Record.ExceptionAsync(() => RunAsync(builder)));
    }

    [Fact]
    public async Task A_logger_factory_that_is_registered_behind_is_an_error_at_start()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddLedgerLiftRedaction();
        builder.Services.AddSingleton<ILoggerFactory>(static _ => new LogRecorder());

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => RunAsync(builder));

        Assert.Contains("LogRecorder was registered behind AddLedgerLiftRedaction", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_provider_that_is_registered_behind_is_an_error_at_start()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddLedgerLiftRedaction();
        builder.Services.AddSingleton<IExternalScopeProvider, LoggerExternalScopeProvider>();

        Assert.Contains(
            "LoggerExternalScopeProvider",
            (await Assert.ThrowsAsync<OptionsValidationException>(() => RunAsync(builder))).Message,
            StringComparison.Ordinal
        );
    }

    public static TheoryData<string> Escapes => ["instance", "factory", "closed", "open", "keyed"];

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task A_logger_that_would_write_past_it_is_an_error_at_start(string escape)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        var past = new LogRecorder().CreateLogger("past");
        builder.Logging.AddLedgerLiftRedaction();
        _ = escape switch
        {
            "instance" => builder.Services.AddSingleton(past),
            "factory" => builder.Services.AddScoped(_ => past),
            "closed" => builder.Services.AddSingleton<ILogger<RegistrationTests>, EscapingLogger<RegistrationTests>>(),
            "open" => builder.Services.AddSingleton(typeof(ILogger<>), typeof(EscapingLogger<>)),
            _ => builder.Services.AddKeyedSingleton("key", past),
        };

        Assert.Contains(
            "writes logs past the redaction",
            (await Assert.ThrowsAsync<OptionsValidationException>(() => RunAsync(builder))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Loggers_made_from_the_factory_are_none()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddLedgerLiftLogging(static options => options.Level = "None");
        builder.Services.AddSingleton(static provider => provider.GetRequiredService<ILoggerFactory>().CreateLogger("app"));

        Assert.Null(await Record.ExceptionAsync(() => RunAsync(builder)));
    }

    [Fact]
    public void A_scope_provider_that_was_registered_before_keeps_the_scopes()
    {
        using var recorder = new LogRecorder();
        var own = new OwnScopes();
        using var services = new ServiceCollection()
            .AddSingleton<IExternalScopeProvider>(own)
            .AddLogging(builder => builder.AddProvider(recorder).AddLedgerLiftRedaction())
            .BuildServiceProvider();

        services.GetRequiredService<ILogger<RegistrationTests>>().LogInformation("x");

        Assert.DoesNotContain("hunter2", recorder.AllText(), StringComparison.Ordinal);
        Assert.Contains("own", recorder.AllText(), StringComparison.Ordinal);
    }

    internal static ServiceProvider Build(LogRecorder recorder, Action<ILoggingBuilder> configure) =>
        new ServiceCollection()
            .AddLogging(builder =>
            {
                configure(builder);
                builder.ClearProviders().AddProvider(recorder);
            })
            .BuildServiceProvider();

    private static async Task RunAsync(HostApplicationBuilder builder)
    {
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class EscapingLogger<T> : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) { }
    }

    private sealed class OwnScopes : IExternalScopeProvider
    {
        public void ForEachScope<TState>(Action<object?, TState> callback, TState state) =>
            callback(new Dictionary<string, object?> { ["password"] = "hunter2", ["place"] = "own" }, state);

        public IDisposable Push(object? state) => new LogRecorder();
    }
}
