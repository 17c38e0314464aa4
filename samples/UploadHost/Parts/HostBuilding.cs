using DocumentPipeline;
using LedgerLift.AspNetCore;
using LedgerLift.Auth;
using LedgerLift.Logging;
using LedgerLift.Storage;

namespace UploadHost;

/// <summary>Settings, and the services that the host has in both modes.</summary>
internal static class HostBuilding
{
    /// <summary>Bodies of the API's own calls; documents do not pass through it.</summary>
    private const long MaxBodyBytes = 64 * 1024;

    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public static WebApplicationBuilder Create(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(
            // The page and the settings lie beside the program, wherever it is started from.
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Configuration.AddPipelineSettings(args);
        builder.Configuration.AddCommandLine(args.Where(word => word != "--real").ToArray());
        return builder;
    }

    /// <summary>The addresses the host will listen on.</summary>
    public static string[] Urls(WebApplicationBuilder builder) =>
        (builder.Configuration["urls"] ?? "http://127.0.0.1:5080").Split(
            ';',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    public static void AddShared(WebApplicationBuilder builder, PartList parts)
    {
        var services = builder.Services;
        var section = builder.Configuration.GetSection("LedgerLift");
        var options = section.GetSection("Host").Get<HostOptions>() ?? new HostOptions();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Logging.ClearProviders().AddLedgerLiftLogging(section.GetSection("Logging"));
        services.AddOptions<HostOptions>().Bind(section.GetSection("Host"));
        services.AddOptions<UploadPolicyOptions>().Bind(section.GetSection("Uploads"));
        services.AddOptions<WorkerOptions>().Bind(section.GetSection("Worker"));
        services.AddSingleton(parts);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new UploadPolicy(
            provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<UploadPolicyOptions>>().Value
        ));
        services.AddSingleton<Announcement>().AddSingleton<Registration>().AddSingleton<AdminGate>();
        services.AddSingleton<DoomedObjectSweep>().AddHostedService(provider => provider.GetRequiredService<DoomedObjectSweep>());
        AddWeb(services, options, parts);
        if (options.PerformanceMonitoring)
            services.AddPipelineTelemetry(
                builder.Configuration,
                "ledgerlift-upload-host",
                sources: ["Microsoft.AspNetCore"],
                meters: ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"]
            );
    }

    private static void AddWeb(IServiceCollection services, HostOptions options, PartList parts)
    {
        services.AddLedgerLiftAspNetCore(web =>
        {
            FailureMap.Add(web);
            web.Health.Detail = parts.IsOpen ? HealthDetail.Full : HealthDetail.Summary;
        });
        services
            .AddOptions<LedgerLiftAspNetCoreOptions>()
            .Configure<AdminGate>((web, gate) => web.Health.ShowsFullDetail = context => ValueTask.FromResult(gate.IsAdmin(context)));
        services.AddAuthentication().AddLedgerLiftToken();
        services.AddAuthorization();
        services.AddLedgerLiftHmacSignatures(WebhookEndpoints.Keys, signatures => signatures.Keys.Add(WebhookKey.Of(options)));
        services.AddHostRateLimits();
        services.AddHostTimeouts(options);
        services.AddOpenApi();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, HostJson.Default));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }
}
