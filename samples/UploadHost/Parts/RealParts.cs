using System.Data.Common;
using DocumentPipeline;
using LedgerLift.Auth.Redis;
using LedgerLift.Data;
using LedgerLift.Storage;

namespace UploadHost;

/// <summary>PostgreSQL, S3 and Redis; workers run as programs of their own.</summary>
internal static class RealParts
{
    public static PartList Add(WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("LedgerLift");
        builder.Services.AddLedgerLiftData(section.GetSection("Data"));
        builder.Services.AddLedgerLiftStorage(section.GetSection("Storage"));
        builder.Services.AddLedgerLiftRedisTokenStore(section.GetSection("Redis"));
        builder.Services.AddPipelineAuditing(section, seals: true);
        builder.Services.AddPostgresDocuments(migrateOnStart: true);
        var store = section["Storage:PublicServiceUrl"] ?? section["Storage:ServiceUrl"];
        return new PartList(
            Embedded: [],
            IsOpen: false,
            StoreOrigin: Origin(store, section),
            section.GetValue("Storage:MultipartThresholdBytes", 16L << 20)
        );
    }

    /// <summary>Refuses names of servers that do not exist.</summary>
    /// <exception cref="SettingsException">A name cannot be resolved.</exception>
    public static Task CheckNamesAsync(IConfiguration configuration, HostMode mode)
    {
        if (mode.IsEmbedded)
            return Task.CompletedTask;
        var servers = new List<(string, string)>();
        if (Uri.TryCreate(configuration["LedgerLift:Storage:ServiceUrl"], UriKind.Absolute, out var store))
            servers.Add(("S3_ENDPOINT", store.Host));
        if (Uri.TryCreate(configuration["LedgerLift:Redis:Configuration"], UriKind.Absolute, out var tokens))
            servers.Add(("REDIS_URL", tokens.Host));
        if (DatabaseHost(configuration["LedgerLift:Data:ConnectionString"]) is { Length: > 0 } host && host[0] != '/')
            servers.Add(("DATABASE_URL", host));
        return HostMode.CheckNamesAsync(servers, CancellationToken.None);
    }

    private static string? DatabaseHost(string? text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url))
            return url.Host;
        var parts = new DbConnectionStringBuilder { ConnectionString = text };
        return parts.TryGetValue("Host", out var host) ? host.ToString()?.Split(',')[0].Split(':')[0] : null;
    }

    private static string? Origin(string? url, IConfigurationSection section) =>
        Uri.TryCreate(url, UriKind.Absolute, out var store)
            ? store.GetLeftPart(UriPartial.Authority)
            : $"https://{section["Storage:Bucket"]}.s3.{section["Storage:Region"]}.amazonaws.com";
}
