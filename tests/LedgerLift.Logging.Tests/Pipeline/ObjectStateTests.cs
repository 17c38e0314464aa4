using LedgerLift.Testing;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

public sealed class ObjectStateTests : IDisposable
{
    private readonly LogRecorder _recorder = new();
    private readonly RedactingLoggerFactory _factory;
    private readonly ILogger _logger;

    public ObjectStateTests()
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

    [Theory]
    [InlineData("?page=2", "GET of /x?page=2")]
    [InlineData("?access_token=abc", "GET of /x?access_token=[REDACTED]")]
    public void A_list_of_pairs_may_come_as_an_object_as_from_the_web_host(string query, string message)
    {
        object state = new KeyValuePair<string, object?>[]
        {
            new("Method", "GET"),
            new("Query", query),
            new("{OriginalFormat}", "{Method} of /x{Query}"),
        };

        _logger.Log(
            LogLevel.Information,
            default,
            state,
            exception: null,
            static (pairs, _) =>
            {
                var list = (KeyValuePair<string, object?>[])pairs;
                return $"{list[0].Value} of /x{list[1].Value}";
            }
        );

        Assert.Equal(message, Last.Message);
        Assert.Equal("GET", Last["Method"]);
        Assert.Equal("{Method} of /x{Query}", Last["{OriginalFormat}"]);
    }

    [Fact]
    public void Two_kinds_of_objects_with_one_template_are_judged_each_by_its_own_pairs()
    {
        const string Template = "{A} and {Password}";
        object first = new KeyValuePair<string, object?>[]
        {
            new("A", "plain"),
            new("Password", "hunter2"),
            new("{OriginalFormat}", Template),
        };
        object second = new List<KeyValuePair<string, object?>>
        {
            new("Password", "hunter2"),
            new("A", "plain"),
            new("{OriginalFormat}", Template),
        };
        foreach (var state in new[] { first, second })
        {
            _logger.Log(LogLevel.Information, default, state, exception: null, static (_, _) => "plain and hunter2");

            Assert.Equal("plain and [REDACTED]", Last.Message);
            Assert.DoesNotContain("hunter2", Last.AllText(), StringComparison.Ordinal);
        }
    }
}
