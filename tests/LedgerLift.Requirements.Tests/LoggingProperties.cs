using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Logging;
using LedgerLift.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Requirements.Tests;

public sealed class LoggingProperties
{
    private const string Planted = "planted-value-7391";
    private static readonly string[] Sensitive =
    [
        "password",
        "userPassword",
        "api_key",
        "clientSecret",
        "access-token",
        "AUTHORIZATION",
        "ssn",
        "credit_card",
    ];
    private static readonly string[] Harmless = ["count", "author", "tokenCount", "page", "status", "fileName"];

    [Fact, Trait("Property", "13")]
    public void Sensitive_keys_are_redacted_at_every_depth_and_harmless_ones_stay() =>
        Prop.ForAll(
                Cases.Of(Gen.Choose(0, 8)),
                Cases.Of(Gen.Elements(Sensitive)),
                Cases.Of(Gen.Elements(Harmless)),
                (depth, sensitive, harmless) =>
                {
                    var redactor = new PiiRedactor();
                    object value = new Dictionary<string, object?> { [sensitive] = Planted, [harmless] = "kept" };
                    for (var level = 0; level < depth; level++)
                        value = level % 2 == 0 ? new List<object?> { value } : new Dictionary<string, object?> { ["inner"] = value };

                    var redacted = redactor.Redact(value)!;
                    for (var level = depth - 1; level >= 0; level--)
                        redacted = level % 2 == 0 ? ((IList<object?>)redacted)[0]! : ((IDictionary<string, object?>)redacted)["inner"]!;
                    var innermost = (IDictionary<string, object?>)redacted;
                    Assert.Equal("[REDACTED]", innermost[sensitive]);
                    Assert.Equal("kept", innermost[harmless]);
                    Assert.DoesNotContain(Planted, JsonSerializer.Serialize(redactor.Redact(value)), StringComparison.Ordinal);
                }
            )
            .Check(Cases.Config);

    [Fact, Trait("Property", "14")]
    public void Every_event_within_a_request_carries_its_id()
    {
        using var recorder = new LogRecorder();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddLedgerLiftLogging().ClearProviders().Services.AddSingleton<ILoggerProvider>(recorder))
            .BuildServiceProvider();
        var logger = services.GetRequiredService<ILogger<LoggingProperties>>();
        Prop.ForAll(
                Cases.Of(Gen.Choose(0, int.MaxValue)),
                Cases.Of(Gen.Choose(1, 5)),
                (number, events) =>
                {
                    recorder.Clear();
                    using (RequestContext.SetRequestId($"request-{number}"))
                    {
                        for (var count = 0; count < events; count++)
                            logger.LogInformation("event {Number}", count);
                    }

                    Assert.Equal(events, recorder.Records.Count);
                    Assert.All(recorder.Records, record => Assert.Equal($"request-{number}", record["request_id"]));
                }
            )
            .Check(Cases.Config);
    }
}
