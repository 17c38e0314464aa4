using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>A real server on a free port of loopback, with the middlewares of this package in front.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private WebHost(WebApplication app, LogRecorder log)
    {
        (App, Log) = (app, log);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient { BaseAddress = Address };
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public Uri Address { get; }

    public LogRecorder Log { get; }

    /// <summary>Starts one whose pipeline begins with the request id and request tracing.</summary>
    public static Task<WebHost> StartAsync(
        Action<WebApplication> map,
        Action<WebApplicationBuilder>? register = null,
        Action<RequestTracingOptions>? tracing = null
    ) =>
        StartBareAsync(
            app =>
            {
                app.UseLedgerLiftRequestId();
                app.UseLedgerLiftRequestTracing(tracing);
                map(app);
            },
            builder =>
            {
                builder.Services.AddLedgerLiftAspNetCore();
                register?.Invoke(builder);
            }
        );

    /// <summary>Starts one with nothing in it.</summary>
    public static async Task<WebHost> StartBareAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? register = null)
    {
        var log = new LogRecorder();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        register?.Invoke(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new WebHost(app, log);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
