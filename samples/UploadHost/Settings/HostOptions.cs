namespace UploadHost;

/// <summary>What the host itself can be told, under <c>LedgerLift:Host</c>.</summary>
internal sealed class HostOptions
{
    public const int ShortestSecret = 32;

    /// <summary>Opens the calls of administrators, by <c>X-Admin-Key</c>; at least 32 bytes. Null: nobody is one.</summary>
    public string? AdminKey { get; set; }

    /// <summary>Signs webhooks; at least 32 bytes. Required with real servers.</summary>
    public string? HmacSecret { get; set; }

    /// <summary>Where embedded parts keep their data. Default: a folder of this user.</summary>
    public string? DataFolder { get; set; }

    /// <summary>Every request ends after this. Default 30 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Every transfer of a document ends after this. Default 120 s.</summary>
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>A line in the log for each request. Default false.</summary>
    public bool RequestLogging { get; set; }

    /// <summary>Spans and metrics of requests. Default true.</summary>
    public bool PerformanceMonitoring { get; set; } = true;

    /// <summary>How long a token counts. Default 12 h.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long after its URL expired an upload may still be registered. Default 1 h.</summary>
    public TimeSpan RegistrationGrace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Uploads a user may announce a minute, all at once or spread. Default 120.</summary>
    public int PresignsPerMinute { get; set; } = 120;

    /// <summary>Calls an address may make a minute that ask for a token or carry the admin key. Default 60.</summary>
    public int AdminCallsPerMinute { get; set; } = 60;
}
