using LedgerLift.Testing;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

public sealed class TemplateCacheTests
{
    [Fact]
    public void A_hundred_thousand_templates_stay_bounded_and_right()
    {
        var redactor = new PiiRedactor();
        using var recorder = new LogRecorder();
        using var factory = new RedactingLoggerFactory(recorder, redactor);
        var logger = factory.CreateLogger("x");
        for (var i = 0; i < 100_000; i++)
        {
            logger.LogInformation($"template {i} {{Password}} {{Name}}", "hunter2", "ada");
            if (i % 1000 == 0)
            {
                Assert.Equal($"template {i} [REDACTED] ada", recorder.Records[^1].Message);
                recorder.Clear();
            }
        }

        Assert.InRange(redactor.Templates.Count, 1000, 4096);
    }

    [Fact]
    public void Interpolated_texts_take_no_place()
    {
        var redactor = new PiiRedactor();
        using var recorder = new LogRecorder();
        using var factory = new RedactingLoggerFactory(recorder, redactor);
        var logger = factory.CreateLogger("x");
        for (var i = 0; i < 1000; i++)
            logger.LogInformation($"interpolated {i}");

        Assert.Equal(0, redactor.Templates.Count);
    }

    [Fact]
    public void The_same_text_in_another_object_and_the_same_template_with_another_state_are_planned_apart()
    {
        var redactor = new PiiRedactor();
        using var recorder = new LogRecorder();
        using var factory = new RedactingLoggerFactory(recorder, redactor);
        var logger = factory.CreateLogger("x");
        logger.LogInformation("a {Password} {B}", 1, 2);
        logger.Log(
            LogLevel.Information,
            0,
            new KeyValuePair<string, object?>[] { new("B", 2), new("Password", 1), new("{OriginalFormat}", "a {Password} {B}") },
            exception: null,
            static (state, _) => $"{state[1].Value}"
        );

        Assert.All(recorder.Records, static record => Assert.Equal("a [REDACTED] 2", record.Message));
    }
}
