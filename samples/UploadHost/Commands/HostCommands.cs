using DocumentPipeline;
using LedgerLift.Auditing.Postgres;
using LedgerLift.Data;
using Microsoft.Extensions.Options;

namespace UploadHost;

/// <summary>What the host does instead of serving: <c>--migrate-script</c>, <c>--migrate</c>, <c>--export-trail FILE</c>, <c>--configure-bucket ORIGIN</c>.</summary>
internal static class HostCommands
{
    /// <returns>The exit code; null when no command was given.</returns>
    public static async Task<int?> TryRunAsync(string[] args, WebApplication app)
    {
        if (args.Contains("--migrate-script"))
        {
            await Console.Out.WriteAsync(await Migrator(app).GenerateScriptAsync());
            await Console.Out.WriteAsync(
                PostgresAuditTrail.GenerateSchemaScript(app.Services.GetRequiredService<IOptions<PostgresAuditingOptions>>().Value)
            );
            return 0;
        }

        if (args.Contains("--migrate"))
        {
            var report = await Migrator(app).MigrateAsync();
            await app.Services.GetRequiredService<PostgresAuditTrail>().EnsureSchemaAsync();
            await Console.Out.WriteLineAsync($"Applied {report.Applied.Count} scripts, {report.AlreadyApplied.Count} were there.");
            return 0;
        }

        if (Array.IndexOf(args, "--export-trail") is >= 0 and var export)
        {
            await ExportTrailAsync(app, export + 1 < args.Length ? args[export + 1] : null);
            return 0;
        }

        var index = Array.IndexOf(args, "--configure-bucket");
        if (index < 0)
            return null;
        var origin =
            index + 1 < args.Length
                ? args[index + 1]
                : throw new SettingsException("--configure-bucket needs the origin of the page, such as https://upload.example.org.");
        await BucketRules.ApplyAsync(app.Configuration.GetSection("LedgerLift:Storage"), origin);
        await Console.Out.WriteLineAsync("The bucket lets the page upload, and drops unfinished uploads after 7 days.");
        return 0;
    }

    private static async Task ExportTrailAsync(WebApplication app, string? path)
    {
        if (string.IsNullOrEmpty(path))
            throw new SettingsException("--export-trail needs a file to write, which samples/AuditVerify then checks.");
        var trail =
            app.Services.GetService<PostgresAuditTrail>()
            ?? throw new SettingsException("The trail is exported from a real database; set DATABASE_URL and the other servers.");
        await trail.SealAsync();
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await trail.ExportAsync(file);
        await Console.Out.WriteLineAsync($"The sealed part of the trail is in {path}.");
    }

    private static ISchemaMigrator Migrator(WebApplication app) =>
        app.Services.GetService<ISchemaMigrator>()
        ?? throw new SettingsException("Migrations are for a real database; set DATABASE_URL and the other servers.");
}
