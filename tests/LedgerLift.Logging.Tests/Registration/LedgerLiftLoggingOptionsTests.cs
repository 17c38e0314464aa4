using LedgerLift.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging.Tests;

public sealed class LedgerLiftLoggingOptionsTests
{
    [Theory]
    [InlineData("Trace", LogLevel.Trace)]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("INFORMATION", LogLevel.Information)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("WARNING", LogLevel.Warning)]
    [InlineData("warn", LogLevel.Warning)]
    [InlineData("Error", LogLevel.Error)]
    [InlineData("CRITICAL", LogLevel.Critical)]
    [InlineData("fatal", LogLevel.Critical)]
    [InlineData("None", LogLevel.None)]
    public void A_level_is_read_by_its_name(string name, LogLevel level)
    {
        using var services = RegistrationTests.Build(
            new LogRecorder(),
            builder => builder.AddLedgerLiftLogging(options => options.Level = name)
        );

        Assert.Equal(level, services.GetRequiredService<IOptions<LoggerFilterOptions>>().Value.MinLevel);
    }

    [Theory]
    [InlineData("LOUD")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("2")]
    [InlineData("Trace, Debug")]
    [InlineData("Informational")]
    [InlineData(null)]
    public void Another_name_is_a_fault_that_prints_it(string? name)
    {
        var result = new LedgerLiftLoggingOptionsValidator().Validate(name: null, new LedgerLiftLoggingOptions { Level = name! });

        Assert.Contains($"Level is '{name}'; expected Trace, Debug", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", "ledgerlift-json")]
    [InlineData("JSON", "ledgerlift-json")]
    [InlineData("console", "ledgerlift-console")]
    public void A_format_is_read_by_its_name(string format, string formatter)
    {
        using var services = RegistrationTests.Build(
            new LogRecorder(),
            builder => builder.AddLedgerLiftLogging(options => options.Format = format)
        );

        Assert.Equal(formatter, services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
        Assert.Contains(services.GetServices<ConsoleFormatter>(), each => string.Equals(each.Name, formatter, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var result = new LedgerLiftLoggingOptionsValidator().Validate(
            name: null,
            new LedgerLiftLoggingOptions { Level = "LOUD", Format = "xml" }
        );

        Assert.Equal(
            [
                "Level: Level is 'LOUD'; expected Trace, Debug, Information, Warning, Error, Critical or None.",
                "Format: Format is 'xml'; expected json or console.",
            ],
            Normalised(result.Failures!)
        );

        static IEnumerable<string> Normalised(IEnumerable<string> failures) =>
            failures.Select(static failure => failure.Replace("Property ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_defaults_are_valid() =>
        Assert.True(new LedgerLiftLoggingOptionsValidator().Validate(name: null, new LedgerLiftLoggingOptions()).Succeeded);

    [Fact]
    public void The_level_follows_the_configuration_and_rules_for_categories_stay()
    {
        using var recorder = new LogRecorder();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["LedgerLift:Level"] = "Warning",
                    ["Logging:LogLevel:Default"] = "Trace",
                    ["Logging:LogLevel:Chatty"] = "Debug",
                }
            )
            .Build();
        using var services = new ServiceCollection()
            .AddLogging(builder =>
                builder
                    .AddConfiguration(configuration.GetSection("Logging"))
                    .AddLedgerLiftLogging(configuration.GetSection("LedgerLift"))
                    .ClearProviders()
                    .AddProvider(recorder)
            )
            .BuildServiceProvider();
        var factory = services.GetRequiredService<ILoggerFactory>();

        factory.CreateLogger("App").LogInformation("too low");
        factory.CreateLogger("Chatty").LogDebug("by its own rule");
        configuration["LedgerLift:Level"] = "Information";
        configuration.Reload();
        factory.CreateLogger("App").LogInformation("high enough now");

        Assert.Equal(
            ["by its own rule", "high enough now"],
            recorder
                .Records.Select(static record => record.Message)
                .Where(static message => !message.Contains("options", StringComparison.Ordinal))
        );
    }
}
