using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace LedgerLift.Logging.Tests;

public sealed partial class FormatterTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2024, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    private readonly List<ServiceProvider> _providers = [];

    public static TheoryData<string> Hostile =>
        [
            "line\nbreak",
            "line\r\nbreak",
            "\u001b[31mred\u001b[0m",
            "right\u202Eleft",
            "\u2028separator\u2029",
            "null\0byte",
            "bell\a",
            "tab\there",
            "\uFEFFbom",
            "half\uD800",
            "back\\slash",
            "\"quote\"",
            "\u0085next",
            "<script>",
        ];

    public void Dispose() => _providers.ForEach(static provider => provider.Dispose());

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_text_breaks_a_json_line_colours_a_terminal_or_turns_its_direction(string text)
    {
        var line = Assert.Single(Write("json", logger => LogEverywhere(logger, text)));

        Assert.EndsWith("}\n", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(static character => character == '\n'));
        Assert.All(line[..^1], static character => Assert.InRange(character, ' ', '~'));
        using var parsed = JsonDocument.Parse(line);
        Assert.Equal(text.Replace('\uD800', '\uFFFD'), parsed.RootElement.GetProperty("state").GetProperty("Value").GetString());
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_text_looks_like_a_line_of_its_own_in_the_console_format(string text)
    {
        var lines = Assert.Single(Write("console", logger => LogEverywhere(logger, text))).TrimEnd('\n').Split('\n');

        Assert.StartsWith("2024-02-03T04:05:06.789Z fail ", lines[0], StringComparison.Ordinal);
        Assert.All(lines.Skip(1), static line => Assert.StartsWith("      ", line, StringComparison.Ordinal));
        Assert.All(
            lines,
            static line =>
                Assert.DoesNotContain(
                    line,
                    static character =>
                        char.IsControl(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.Format
                )
        );
    }

    [Fact]
    public void Letters_of_any_language_are_readable_in_the_console_format() =>
        Assert.Contains(
            "Grüße 你好 😀 ölçü",
            Assert.Single(Write("console", static logger => logger.LogInformation("{Text}", "Grüße 你好 😀 ölçü"))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("json")]
    [InlineData("console")]
    public void Lines_are_those_of_the_golden_file(string format)
    {
        var text = SpanId().Replace(string.Concat(Write(format, LogGolden)), "${name}<span>");

        using var stream = typeof(FormatterTests).Assembly.GetManifestResourceStream($"Golden.{format}.log")!;
        using var reader = new StreamReader(stream);
        Assert.Equal(reader.ReadToEnd(), text);
    }

    [Fact]
    public void Scopes_can_be_left_out()
    {
        var line = Assert.Single(
            Write(
                "json",
                static logger =>
                {
                    using (logger.BeginScope("inside"))
                        logger.LogInformation("x");
                },
                static options => options.IncludeScopes = false
            )
        );

        Assert.DoesNotContain("inside", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_json_has_none_for_are_texts()
    {
        var line = Assert.Single(
            Write("json", static logger => logger.LogInformation("{A} {B} {C}", double.NaN, float.PositiveInfinity, DayOfWeek.Friday))
        );

        using var parsed = JsonDocument.Parse(line);
        Assert.Equal("NaN", parsed.RootElement.GetProperty("state").GetProperty("A").GetString());
        Assert.Equal("Friday", parsed.RootElement.GetProperty("state").GetProperty("C").GetString());
    }

    // The only thing of a line that is different every time.
    [GeneratedRegex("(?<name>span_id(\":\"|=|:))[0-9a-f]{16}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpanId();

    private static void LogEverywhere(ILogger logger, string text)
    {
        using (logger.BeginScope("scope {Inside}", text))
        using (logger.BeginScope(new Dictionary<string, object?> { [text] = text }))
            logger.LogError(new EventId(1, text), new InvalidOperationException(text), "value {Value}", text);
    }

    private static void LogGolden(ILogger logger)
    {
        Activity.Current = null;
        logger.LogInformation("Started");
        logger.LogInformation(
            new EventId(17, "stored"),
            "Stored {Count} rows of {Table} in {Seconds:F1} s at {When:o}",
            3,
            "documents",
            0.25,
            s_now
        );
        using var activity = new Activity("work").SetParentId(
            ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c"),
            ActivitySpanId.CreateFromString("b7ad6b7169203331")
        );
        activity.Start();
        using (RequestContext.SetRequestId("req-1"))
        using (logger.BeginScope("upload {Key}", "a/b.pdf"))
        using (logger.BeginScope(new Dictionary<string, object?> { ["tenant"] = "acme", ["token"] = "hunter2" }))
        {
            logger.LogWarning("Login of {User} with {Password} from {Ip}", "ada", "hunter2", "10.0.0.1");
            logger.LogError(
                new InvalidOperationException("password=hunter2", new TimeoutException("too late")),
                "Failed for {@Who}",
                new
                {
                    Name = "ada",
                    Email = "ada@example.org",
                    Roles = new[] { "a", "b" },
                }
            );
            logger.LogCritical("forged\n2024-02-03T04:05:06.789Z info App: all is well \u001b[32m \u202E {Text}", "x\r\ny");
        }
    }

    private List<string> Write(string format, Action<ILogger> log, Action<LedgerLiftLoggingOptions>? configure = null)
    {
        var time = new ManualTimeProvider(s_now);
        var formatters = Build(static _ => { }, time, configure);
        var console = new FormatterProvider(formatters.GetServices<ConsoleFormatter>().Single(each => each.Name == $"ledgerlift-{format}"));
        var services = Build(builder => builder.ClearProviders().AddProvider(console), time, configure);
        log(services.GetRequiredService<ILoggerFactory>().CreateLogger("App.Documents"));
        return [.. console.Lines];
    }

    private ServiceProvider Build(Action<ILoggingBuilder> add, TimeProvider time, Action<LedgerLiftLoggingOptions>? configure)
    {
        var services = new ServiceCollection()
            .AddSingleton(time)
            .AddLogging(builder =>
            {
                builder.AddLedgerLiftLogging(configure);
                add(builder);
            })
            .BuildServiceProvider();
        _providers.Add(services);
        return services;
    }
}
