namespace UploadHost;

/// <summary>What the log says once the host listens.</summary>
internal static partial class StartReport
{
    public static void Write(WebApplication app, PartList parts)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("UploadHost");
        foreach (var url in app.Urls)
            Listening(logger, url);
        if (parts.Embedded.Count == 0)
        {
            OnServers(logger);
            return;
        }

        OnEmbedded(logger, string.Join(", ", parts.Embedded), parts.Folder);
        HowToSwitch(logger);
    }

    [LoggerMessage(9101, LogLevel.Information, "The upload page is at {Url}")]
    private static partial void Listening(ILogger logger, string url);

    [LoggerMessage(
        9102,
        LogLevel.Information,
        "Embedded parts: {Parts}. Their data is kept in {Folder}; tokens last until the host stops."
    )]
    private static partial void OnEmbedded(ILogger logger, string parts, string? folder);

    [LoggerMessage(
        9103,
        LogLevel.Information,
        "To run on real servers set DATABASE_URL, S3_ENDPOINT, S3_BUCKET, REDIS_URL and HMAC_SECRET (see .env.example), or run eng/services up and start with --real."
    )]
    private static partial void HowToSwitch(ILogger logger);

    [LoggerMessage(
        9104,
        LogLevel.Information,
        "No part is embedded: PostgreSQL, S3 and Redis as set. Start samples/DocumentWorker to work on documents."
    )]
    private static partial void OnServers(ILogger logger);
}
