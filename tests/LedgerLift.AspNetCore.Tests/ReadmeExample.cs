using System.Net;
using LedgerLift.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>The first examples of the README, compiled here, in a stranger's project and in a trimmed one.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddLedgerLiftAuth();
        var secret = "an example of a secret, 32 bytes or more"u8.ToArray();

        #region readme-aspnetcore
        builder.Services.AddLedgerLiftAspNetCore(options => options.MapFailure<TimeoutException>(_ => new ProblemAnswer(503, "busy")));
        builder.Services.AddLedgerLiftHmacSignatures("hooks", options => options.Keys.Add(new HmacKey("k1", secret)));
        builder.Services.AddAuthentication().AddLedgerLiftToken();
        builder.Services.AddAuthorization();

        var app = builder.Build();
        app.UseLedgerLiftRequestId();
        app.UseLedgerLiftRequestTracing(options => options.ExcludedPaths.Add("/health*"));
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapLedgerLiftHealth();
        app.MapGet("/documents", Documents).RequireAuthorization();
        app.MapPost("/webhooks/scanned", Scanned).RequireHmacSignature("hooks");
        #endregion

        await app.StartAsync();
        await TryAsync(app);
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static Task Documents(HttpContext context) => context.Response.WriteAsync("[]");

    private static Task Scanned(HttpContext context) => context.Response.WriteAsync("thanks");

    private static async Task TryAsync(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await app.Services.GetRequiredService<ITokenStore>().StoreAsync("jti-1", "ada", TimeProvider.System.GetUtcNow().AddHours(1));
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ExpectAsync(client, "/liveness", HttpStatusCode.OK);
        await ExpectAsync(client, "/documents", HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Add("Authorization", "Bearer jti-1");
        await ExpectAsync(client, "/documents", HttpStatusCode.OK);
        using var empty = new StringContent("{}");
        using var unsigned = await client.PostAsync(new Uri("/webhooks/scanned", UriKind.Relative), empty);
        Expect(HttpStatusCode.Unauthorized, unsigned);
    }

    private static async Task ExpectAsync(HttpClient client, string path, HttpStatusCode status)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        Expect(status, response);
    }

    private static void Expect(HttpStatusCode status, HttpResponseMessage response)
    {
        if (response.StatusCode != status || !response.Headers.Contains("X-Request-ID"))
            throw new InvalidOperationException($"{status} expected, {response.StatusCode} answered.");
    }
}
