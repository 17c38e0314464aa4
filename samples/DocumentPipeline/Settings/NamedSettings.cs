using System.Globalization;

namespace DocumentPipeline;

/// <summary>The names of the requirement documents, each with the option it sets. <c>LedgerLift__Section__Option</c> stands above them.</summary>
public static class NamedSettings
{
    public static IReadOnlyList<NamedSetting> All { get; } =
    [
        new("DATABASE_URL", "Data:ConnectionString"),
        new("DB_POOL_SIZE", "Data:PoolSize"),
        new("DB_MAX_OVERFLOW", "Data:MaxOverflow"),
        new("DB_POOL_TIMEOUT", "Data:PoolTimeout", SettingKind.Seconds),
        new("DB_POOL_RECYCLE", "Data:PoolRecycle", SettingKind.Seconds),
        new("DB_CONNECT_TIMEOUT", "Data:ConnectTimeout", SettingKind.Seconds),
        new("DB_SLOW_QUERY_THRESHOLD", "Data:SlowQueryThreshold", SettingKind.Seconds),
        new("S3_ENDPOINT", "Storage:ServiceUrl"),
        new("S3_PUBLIC_ENDPOINT", "Storage:PublicServiceUrl"),
        new("S3_BUCKET", "Storage:Bucket"),
        new("AWS_REGION", "Storage:Region"),
        new("AWS_ACCESS_KEY_ID", "Storage:AccessKey"),
        new("AWS_SECRET_ACCESS_KEY", "Storage:SecretKey"),
        new("S3_FAILURE_THRESHOLD", "Storage:Resilience:CircuitBreaker:FailureThreshold"),
        new("S3_RECOVERY_TIMEOUT", "Storage:Resilience:CircuitBreaker:RecoveryTimeout", SettingKind.Seconds),
        new("S3_SUCCESS_THRESHOLD", "Storage:Resilience:CircuitBreaker:SuccessThreshold"),
        new("S3_MAX_RETRIES", "Storage:Resilience:Retry:MaxRetries"),
        new("S3_RETRY_BASE_DELAY", "Storage:Resilience:Retry:BaseDelay", SettingKind.Seconds),
        new("S3_RETRY_MAX_DELAY", "Storage:Resilience:Retry:MaxDelay", SettingKind.Seconds),
        new("S3_RETRY_JITTER", "Storage:Resilience:Retry:Jitter"),
        new("REDIS_URL", "Redis:Configuration"),
        new("HMAC_SECRET", "Host:HmacSecret"),
        new("DEFAULT_REQUEST_TIMEOUT", "Host:RequestTimeout", SettingKind.Seconds),
        new("UPLOAD_TIMEOUT", "Host:UploadTimeout", SettingKind.Seconds),
        new("ENABLE_REQUEST_LOGGING", "Host:RequestLogging", SettingKind.Flag),
        new("ENABLE_PERFORMANCE_MONITORING", "Host:PerformanceMonitoring", SettingKind.Flag),
        new("LOG_LEVEL", "Logging:Level"),
        new("LOG_FORMAT", "Logging:Format"),
    ];

    /// <summary>The options that the variables set, ready for the configuration.</summary>
    /// <exception cref="SettingsException">A value is not what its name asks for.</exception>
    public static IDictionary<string, string?> Read(Func<string, string?> variable)
    {
        var options = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in All)
        {
            if (variable(setting.Name) is { Length: > 0 } text)
                options[$"LedgerLift:{setting.Option}"] = Convert(setting, text);
        }

        if (Flag("DB_POOL_PRE_PING", variable) is { } ping)
            options["LedgerLift:Data:PrePing"] = ping ? "Always" : "Never";
        if (Flag("IS_SERVERLESS", variable) is true)
            options["LedgerLift:Data:Mode"] = "Serverless";
        // AWS has its own endpoint; a compatible store is told by S3_ENDPOINT.
        if (Flag("USE_AWS", variable) is { } aws)
        {
            options["LedgerLift:Storage:Provider"] = aws ? "Aws" : "S3Compatible";
            if (aws)
                options.Remove("LedgerLift:Storage:ServiceUrl");
        }

        return options;
    }

    private static string Convert(NamedSetting setting, string text) =>
        setting.Kind switch
        {
            SettingKind.Seconds => Seconds(setting.Name, text).ToString("c", CultureInfo.InvariantCulture),
            SettingKind.Flag => Flag(setting.Name, text) ? "true" : "false",
            _ => text,
        };

    private static TimeSpan Seconds(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 31_536_000
            ? TimeSpan.FromSeconds(seconds)
            : throw new SettingsException($"{name} must be a number of seconds, not '{text}'.");

    private static bool? Flag(string name, Func<string, string?> variable) =>
        variable(name) is { Length: > 0 } text ? Flag(name, text) : null;

    private static bool Flag(string name, string text) =>
        bool.TryParse(text, out var value) ? value : throw new SettingsException($"{name} must be true or false, not '{text}'.");
}
