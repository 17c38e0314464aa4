using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Testing.Tests;

public sealed class LogRecorderTests : IDisposable
{
    private static readonly Dictionary<string, Action<ILogger>> HidingPlaces = new()
    {
        ["message"] = logger => logger.LogInformation("canary"),
        ["event name"] = logger => logger.Log(LogLevel.Information, new EventId(1, "canary"), "state", null, (_, _) => "message"),
        ["value"] = logger => Log(logger, [new("key", "canary")]),
        ["key"] = logger => Log(logger, [new("canary", 1)]),
        ["nested value"] = logger => Log(logger, [new("key", new Dictionary<string, object?> { ["deep"] = new[] { "canary" } })]),
        ["bytes"] = logger => Log(logger, [new("key", Encoding.UTF8.GetBytes("a canary b"))]),
        ["scope"] = logger => Scoped(logger, new Dictionary<string, object?> { ["user"] = "canary" }),
        ["exception"] = logger => logger.LogError(new FormatException("canary"), "failed"),
        ["inner exception"] = logger => logger.LogError(new FormatException("outer", new FormatException("canary")), "failed"),
        ["one of many"] = logger =>
            logger.LogError(new AggregateException(new FormatException("a"), new FormatException("canary")), "failed"),
        ["exception data"] = logger => logger.LogError(new FormatException("outer") { Data = { ["key"] = "canary" } }, "failed"),
        ["data of one of many"] = logger =>
            logger.LogError(new AggregateException(new FormatException(), new FormatException { Data = { ["k"] = "canary" } }), "x"),
    };

    public static TheoryData<string> HidingPlaceNames => [.. HidingPlaces.Keys];

    private readonly LogRecorder _recorder = new();

    [Fact]
    public void Records_level_id_message_pairs_scopes_and_exception()
    {
        var logger = _recorder.CreateLogger<LogRecorderTests>();
        var cause = new InvalidOperationException("broken");

        using (logger.BeginScope("outer"))
        using (logger.BeginScope("inner"))
            logger.LogWarning(new EventId(7, "Seven"), cause, "Took {Count} of {Total}", 3, 4);

        var record = Assert.Single(_recorder.Records);
        Assert.Equal((LogLevel.Warning, 7, "Seven"), (record.Level, record.EventId.Id, record.EventId.Name));
        Assert.Equal("Took 3 of 4", record.Message);
        Assert.Equal(typeof(LogRecorderTests).FullName, record.Category);
        Assert.Equal((3, 4), (record["Count"], record["Total"]));
        Assert.Null(record["Missing"]);
        Assert.Equal(["outer", "inner"], record.Scopes.Select(scope => scope?.ToString()));
        Assert.Same(cause, record.Exception);
        Assert.Equal([record], _recorder.WithId(7));
        Assert.Empty(_recorder.WithId(8));
    }

    [Fact]
    public void Works_as_a_provider_of_a_host_scopes_included()
    {
        using var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(_recorder)).BuildServiceProvider();
        var logger = services.GetRequiredService<ILogger<LogRecorderTests>>();

        using (logger.BeginScope("shared"))
            logger.LogInformation("hello");

        Assert.Equal("shared", Assert.Single(Assert.Single(_recorder.Records).Scopes));
    }

    [Fact]
    public void Levels_below_the_minimum_are_not_enabled_and_not_kept()
    {
        _recorder.MinimumLevel = LogLevel.Error;
        var logger = _recorder.CreateLogger("x");

        logger.LogWarning("no");
        logger.LogError("yes");

        Assert.False(logger.IsEnabled(LogLevel.Warning));
        Assert.Equal("yes", Assert.Single(_recorder.Records).Message);
    }

    [Theory]
    [MemberData(nameof(HidingPlaceNames))]
    public void All_text_finds_a_canary_wherever_it_hides(string place)
    {
        HidingPlaces[place](_recorder.CreateLogger("x"));

        Assert.Contains("canary", _recorder.AllText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Clear_forgets()
    {
        _recorder.CreateLogger("x").LogInformation("gone");

        _recorder.Clear();

        Assert.Empty(_recorder.Records);
        Assert.Equal("", _recorder.AllText());
    }

    [Fact]
    public void Concurrent_logging_loses_nothing()
    {
        var logger = _recorder.CreateLogger("x");

        Parallel.For(0, 2000, i => logger.LogInformation("{Number}", i));

        Assert.Equal(Enumerable.Range(0, 2000), _recorder.Records.Select(record => (int)record["Number"]!).Order());
    }

    public void Dispose() => _recorder.Dispose();

    private static void Log(ILogger logger, KeyValuePair<string, object?>[] state) =>
        logger.Log(LogLevel.Information, 1, state, null, (_, _) => "message");

    private static void Scoped(ILogger logger, object scope)
    {
        using (logger.BeginScope(scope))
            logger.LogInformation("message");
    }
}
