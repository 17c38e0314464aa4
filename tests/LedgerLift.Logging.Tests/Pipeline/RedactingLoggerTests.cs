using LedgerLift.Testing;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

public sealed class RedactingLoggerTests : IDisposable
{
    private readonly LogRecorder _recorder = new();
    private readonly RedactingLoggerFactory _factory;
    private readonly ILogger _logger;

    public RedactingLoggerTests()
    {
        _factory = new RedactingLoggerFactory(_recorder);
        _logger = _factory.CreateLogger("test");
    }

    private LogRecord Last => _recorder.Records[^1];

    public void Dispose()
    {
        _factory.Dispose();
        _recorder.Dispose();
    }

    [Fact]
    public void An_event_without_anything_to_hide_arrives_as_it_was_given()
    {
        var state = new KeyValuePair<string, object?>[] { new("Name", "ada"), new("{OriginalFormat}", "Hello {Name}") };
        _logger.Log(LogLevel.Information, new EventId(7, "hello"), state, exception: null, static (pairs, _) => $"Hello {pairs[0].Value}");

        Assert.Equal("Hello ada", Last.Message);
        Assert.Equal(new EventId(7, "hello"), Last.EventId);
        Assert.Equal("ada", Last["Name"]);
        Assert.Equal("Hello {Name}", Last["{OriginalFormat}"]);
    }

    [Fact]
    public void A_value_under_a_sensitive_name_is_hidden_in_state_and_message()
    {
        _logger.LogInformation("Login of {User} with {Password} from {Port}", "ada", "hunter2", 17);

        Assert.Equal("Login of ada with [REDACTED] from 17", Last.Message);
        Assert.Equal(["User", "Password", "Port", "{OriginalFormat}"], Last.State.Select(static pair => pair.Key));
        Assert.Equal("[REDACTED]", Last["Password"]);
        Assert.Equal(17, Last["Port"]);
        Assert.Equal("Login of {User} with {Password} from {Port}", Last["{OriginalFormat}"]);
    }

    [Fact]
    public void A_value_is_found_by_its_form_under_any_name()
    {
        _logger.LogInformation("Sent {Text} to {Target}", "card 4111 1111 1111 1111", "ada@example.org");

        Assert.Equal("Sent card [REDACTED] to [REDACTED]", Last.Message);
        Assert.Equal("card [REDACTED]", Last["Text"]);
    }

    [Theory]
    [InlineData("password={Value}")]
    [InlineData("password: '{Value}'")]
    [InlineData("Authorization: Bearer {Value}")]
    [InlineData("Authorization: Basic {Value}")]
    [InlineData("got Bearer {Value} from client")]
    [InlineData("https://ada:{Value}@example.org/")]
    [InlineData("https://example.org/?access_token={Value}&x=1")]
    [InlineData("{{\"secret\":\"{Value}\"}}")]
    [InlineData("Host=db;Password={Value};Pooling=true")]
    [InlineData("mail to {Value}@example.org")]
    public void The_words_around_a_hole_tell_what_is_in_it(string template)
    {
        _logger.LogInformation(template, "hunter2");

        Assert.DoesNotContain("hunter2", Last.AllText(), StringComparison.Ordinal);
        Assert.Equal("[REDACTED]", Last["Value"]);
        Assert.Equal(template, Last["{OriginalFormat}"]);
    }

    [Fact]
    public void A_value_may_be_named_by_the_value_before_it()
    {
        const string Template = "Setting {Name} = {Value}";
        _logger.LogInformation(Template, "Password", "hunter2");
        Assert.Equal("Setting Password = [REDACTED]", Last.Message);

        _logger.LogInformation(Template, "Color", "red");
        Assert.Equal("Setting Color = red", Last.Message);
    }

    [Fact]
    public void An_interpolated_text_is_searched()
    {
        var secret = "hunter2";
        _logger.LogInformation($"password={secret}");

        Assert.Equal("password=[REDACTED]", Last.Message);
        Assert.DoesNotContain("hunter2", Last.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_the_template_itself_is_hidden_beside_its_values()
    {
        _logger.LogInformation("password=hunter2 for {User}", "ada");

        Assert.Equal("password=[REDACTED] for ada", Last.Message);
        Assert.Equal("password=[REDACTED] for {User}", Last["{OriginalFormat}"]);
    }

    [Fact]
    public void Objects_lists_and_dictionaries_are_written_without_their_secrets()
    {
        _logger.LogInformation(
            "Got {@Request} and {Items} and {Map}",
            new { Name = "ada", Password = "hunter2" },
            new[] { "a", "ada@example.org" },
            new Dictionary<string, int> { ["pin"] = 1234 }
        );

        Assert.Equal("Got { Name = ada, Password = [REDACTED] } and a, [REDACTED] and { pin = [REDACTED] }", Last.Message);
        Assert.Equal("[REDACTED]", Assert.IsType<Dictionary<string, object?>>(Last["@Request"], exactMatch: false)["Password"]);
    }

    [Fact]
    public void Objects_without_secrets_stay_what_they_are()
    {
        var point = new { X = 1, Y = "two" };
        var list = new[] { 1, 2 };
        _logger.LogInformation("At {Point} {List}", point, list);

        Assert.Same(point, Last["Point"]);
        Assert.Same(list, Last["List"]);
        Assert.Equal("At { X = 1, Y = two } 1, 2", Last.Message);
    }

    [Fact]
    public void Width_and_format_are_kept_in_a_rewritten_message()
    {
        _logger.LogInformation(
            "[{A,5}] [{B,-5}] [{C:F2}] [{D:yyyy-MM-dd}] {{x}} {E} {Token}",
            1,
            2,
            3.14159,
            DateTimeOffset.UnixEpoch,
            null,
            "abc"
        );

        Assert.Equal("[    1] [2    ] [3.14] [1970-01-01] {x} (null) [REDACTED]", Last.Message);
    }

    [Fact]
    public void A_rewritten_message_reads_as_the_framework_writes_it()
    {
        object?[] values =
        [
            17,
            "text",
            null,
            new[] { 1, 2 },
            2.5,
            new DateTime(2024, 2, 3, 4, 5, 6, DateTimeKind.Utc),
            Guid.Empty,
            DayOfWeek.Friday,
        ];
        const string Template = "{A} {B,8} {C} {D} {E:0.000} {F:o} {G} {H,-10}|{I}";
        var plain = new LogRecorder();
        plain.CreateLogger("x").LogInformation(Template, [.. values, "public"]);
        _logger.LogInformation(Template.Replace("{I}", "{Secret}", StringComparison.Ordinal), [.. values, "public"]);

        Assert.Equal(plain.Records[0].Message.Replace("public", "[REDACTED]", StringComparison.Ordinal), Last.Message);
    }

    [Fact]
    public void Generated_messages_are_redacted_too()
    {
        GeneratedMessages.Login(_logger, "ada", "hunter2");
        Assert.Equal("Login of ada with [REDACTED]", Last.Message);

        GeneratedMessages.Texts(_logger, "GET", "/x?token=abc", "ada@example.org");
        Assert.Equal("GET /x?token=[REDACTED] by [REDACTED]", Last.Message);

        GeneratedMessages.Many(_logger, 1, "ada@example.org", 3, "four", 5, "password=hunter2", Guid.Empty, "eight");
        Assert.Equal("3 [REDACTED] 1 password=[REDACTED] 5 four eight 00000000-0000-0000-0000-000000000000", Last.Message);

        GeneratedMessages.Anything(_logger, 5);
        GeneratedMessages.Anything(_logger, "ada@example.org");
        Assert.Equal("Value [REDACTED]", Last.Message);
    }

    [Fact]
    public void Generated_messages_without_secrets_pass()
    {
        GeneratedMessages.Nothing(_logger);
        GeneratedMessages.Numbers(_logger, 1, 2, Guid.Empty);
        GeneratedMessages.Many(_logger, 1, "b", 3, "d", 5, 6, Guid.Empty, "h");
        GeneratedMessages.ManyNumbers(_logger, 1, 2, 3, 4, e: true, Guid.Empty, TimeSpan.Zero);

        Assert.Equal("1 2 3 4 True 00000000-0000-0000-0000-000000000000 00:00:00", Last.Message);
        Assert.Equal("3 b 1 6 5 d h 00000000-0000-0000-0000-000000000000", _recorder.Records[^2].Message);
    }

    [Fact]
    public void States_of_any_kind_are_redacted()
    {
        _logger.Log(LogLevel.Information, 0, "password=hunter2", exception: null, static (state, _) => state);
        Assert.Equal("password=[REDACTED]", Last.Message);

        _logger.Log(
            LogLevel.Information,
            0,
            new Dictionary<string, object?> { ["password"] = "hunter2", ["n"] = 1 },
            exception: null,
            static (state, _) => $"with {state["password"]}"
        );
        Assert.DoesNotContain("hunter2", Last.AllText(), StringComparison.Ordinal);
        Assert.Equal(1, Last["n"]);

        _logger.Log<object?>(LogLevel.Information, 0, state: null, exception: null, static (_, _) => "token=hunter2");
        Assert.Equal("token=[REDACTED]", Last.Message);

        _logger.Log(LogLevel.Information, 0, new { Password = "hunter2" }, exception: null, static (state, _) => $"{state}");
        Assert.DoesNotContain("hunter2", Last.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_formatter_that_says_more_than_its_state_is_searched()
    {
        var secret = "hunter2";
        var state = new KeyValuePair<string, object?>[] { new("Name", "ada"), new("{OriginalFormat}", "Hello {Name}") };
        _logger.Log(LogLevel.Information, 0, state, exception: null, (_, _) => $"Hello ada, password={secret}");

        Assert.DoesNotContain("hunter2", Last.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_are_those_of_the_factory_inside_and_disabled_events_are_not_looked_at()
    {
        _recorder.MinimumLevel = LogLevel.Warning;
        _logger.Log(LogLevel.Information, 0, new Exploding(), exception: null, static (_, _) => throw new InvalidOperationException());

        Assert.False(_logger.IsEnabled(LogLevel.Information));
        Assert.True(_logger.IsEnabled(LogLevel.Warning));
        Assert.Empty(_recorder.Records);
    }

    [Fact]
    public void A_state_that_cannot_be_judged_is_written_without_its_values_and_counted()
    {
        using var metrics = new MetricRecorder(LoggingDiagnostics.MeterName, LoggingDiagnostics.FailuresInstrument);
        _logger.Log(LogLevel.Error, 3, new Exploding(), new InvalidOperationException("password=hunter2"), static (_, _) => "hunter2");

        Assert.Equal("[REDACTION-FAILED] Value {Value} of {Password}", Last.Message);
        Assert.Equal(LogLevel.Error, Last.Level);
        Assert.Equal(3, Last.EventId.Id);
        Assert.DoesNotContain("hunter2", Last.AllText(), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", Last.AllText(), StringComparison.Ordinal);
        Assert.True(metrics.Sum(LoggingDiagnostics.FailuresInstrument) >= 1);
    }

    [Fact]
    public void A_formatter_that_throws_is_no_exception_for_the_caller()
    {
        _logger.Log(LogLevel.Information, 0, "state", exception: null, static (_, _) => throw new InvalidOperationException("hunter2"));

        Assert.Equal("[REDACTION-FAILED]", Last.Message);
    }

    [Fact]
    public void A_value_that_logs_while_it_is_read_ends()
    {
        _logger.LogInformation("Value {Value}", new Chatty(_logger));

        Assert.True(_recorder.Records.Count is > 1 and < 50, $"{_recorder.Records.Count} events");
    }

    [Fact]
    public void Hidden_values_are_counted_by_kind()
    {
        using var metrics = new MetricRecorder(LoggingDiagnostics.MeterName, LoggingDiagnostics.RedactionsInstrument);
        _logger.LogInformation("{Password} {Text}", "hunter2", "ada@example.org");

        Assert.True(metrics.Sum(LoggingDiagnostics.RedactionsInstrument, ("kind", "key")) >= 1);
        Assert.True(metrics.Sum(LoggingDiagnostics.RedactionsInstrument, ("kind", "email")) >= 1);
    }

    [Fact]
    public void The_same_category_has_the_same_logger() => Assert.Same(_factory.CreateLogger("a"), _factory.CreateLogger("a"));

    private sealed class Exploding : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 3;

        public KeyValuePair<string, object?> this[int index] =>
            index == 2 ? new("{OriginalFormat}", "Value {Value} of {Password}") : throw new InvalidOperationException("hunter2");

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new InvalidOperationException("hunter2");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Chatty(ILogger logger)
    {
        [System.Diagnostics.CodeAnalysis.SuppressMessage("Major Code Smell", "S1144", Justification = "Read by reflection.")]
        public string Name
        {
            get
            {
                logger.LogInformation("Reading {Value}", new Chatty(logger));
                return "x";
            }
        }
    }
}
