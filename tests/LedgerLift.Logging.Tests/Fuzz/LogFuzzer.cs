using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace LedgerLift.Logging.Tests;

/// <summary>Writes one log event after the other, each with a secret planted somewhere a program might have put it.</summary>
internal sealed class LogFuzzer(Random random, ILogger logger)
{
    private readonly SecretGarden _garden = new(random);

    /// <summary>Writes an event; returns the secret and the way it went.</summary>
    public (string Secret, string Way) Next()
    {
        var way = random.Next(16);
        var planted =
            way is 0 or 1 ? _garden.Named()
            : way is 2 ? _garden.Nested()
            : _garden.Telling();
        Write(way, planted);
        return (planted.Secret, $"way {way}, {planted.Value?.GetType().Name}: {planted.Value}");
    }

    private void Write(int way, Planted planted)
    {
        var text = planted.Value?.ToString() ?? "";
        switch (way)
        {
            case 0:
                logger.LogInformation(
                    $"{{User}} sent {{{_garden.Key().Replace("\u200B", "", StringComparison.Ordinal)}}}",
                    "ada",
                    planted.Value
                );
                break;
            case 1:
                logger.LogInformation("Setting {Name} = {Value}", _garden.Key(), planted.Value is string ? planted.Value : "no text");
                break;
            case 2 when random.Next(2) == 0:
                logger.LogInformation("Got {@Request} of {Size}", planted.Value, 17);
                break;
            case 2:
                logger.LogInformation("Got {Request}", planted.Value);
                break;
            case 3 or 4:
                logger.LogInformation("Value {Value} for {User}", planted.Value, "ada");
                break;
            case 5:
                logger.LogInformation($"interpolated {text} text");
                break;
            case 6:
                GeneratedMessages.Texts(logger, "GET", text, "client");
                break;
            case 7:
                GeneratedMessages.Many(logger, 1, text, 2, "x", 3, planted.Value!, Guid.Empty, "y");
                break;
            case 8:
                GeneratedMessages.Anything(logger, planted.Value!);
                break;
            case 9:
                logger.LogError(new InvalidOperationException(text, new IOException("inner")), "Failed {Count}", 1);
                break;
            case 10:
                logger.LogError(
                    new AggregateException(
                        new IOException("fine"),
                        new InvalidOperationException("x", new IOException(text)) { Data = { [_garden.Key()] = text } }
                    ),
                    "Failed"
                );
                break;
            case 11:
                using (logger.BeginScope("in {Place}", text))
                    logger.LogInformation("inside");
                break;
            case 12:
                using (logger.BeginScope(new Dictionary<string, object?> { [_garden.Key()] = text, ["note"] = planted.Value }))
                    logger.LogInformation("inside");
                break;
            case 13:
                using (new Activity("work").SetTag(_garden.Key(), text).SetTag("note", text).AddBaggage(_garden.Key(), text).Start())
                    logger.LogInformation("inside");
                break;
            case 14:
                logger.Log(LogLevel.Information, 0, planted.Value, exception: null, static (state, _) => $"state {state}");
                break;
            default:
                logger.Log(
                    LogLevel.Information,
                    0,
                    new Dictionary<string, object?> { [_garden.Key()] = text, ["note"] = text },
                    exception: null,
                    static (state, _) => string.Join(',', state)
                );
                break;
        }
    }
}
