using DocumentPipeline;
using LedgerLift.Data;
using LedgerLift.Logging;
using LedgerLift.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DocumentWorkerProgram;

/// <summary>The services of a worker: database, object store, trail, and what works on a document.</summary>
internal static class WorkerHost
{
    /// <exception cref="SettingsException">A setting is missing or cannot be used.</exception>
    public static HostApplicationBuilder Create(string[] args)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddPipelineSettings(args);
        var section = builder.Configuration.GetSection("LedgerLift");
        Require(section, "Data:ConnectionString", "DATABASE_URL");
        Require(section, "Storage:Bucket", "S3_BUCKET");
        builder.Logging.ClearProviders().AddLedgerLiftLogging(section.GetSection("Logging"));
        builder.Services.AddLedgerLiftData(section.GetSection("Data"));
        builder.Services.AddLedgerLiftStorage(section.GetSection("Storage"));
        builder.Services.AddPipelineAuditing(section, seals: false);
        builder.Services.AddPostgresDocuments(migrateOnStart: false);
        builder.Services.AddOptions<WorkerOptions>().Bind(section.GetSection("Worker"));
        builder.Services.AddDocumentProcessing();
        builder.Services.AddPipelineTelemetry(builder.Configuration, "ledgerlift-document-worker", sources: [], meters: []);
        return builder;
    }

    private static void Require(IConfigurationSection section, string option, string name)
    {
        if (string.IsNullOrWhiteSpace(section[option]))
            throw new SettingsException($"{name} is missing; set it, or run eng/services up and start with --real. See .env.example.");
    }
}
