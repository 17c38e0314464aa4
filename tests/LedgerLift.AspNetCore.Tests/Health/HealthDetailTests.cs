using System.Security.Claims;
using LedgerLift.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LedgerLift.AspNetCore.Tests;

public sealed class HealthDetailTests
{
    private static readonly DateTimeOffset Earlier = new(2030, 6, 15, 11, 59, 45, TimeSpan.Zero);

    private readonly ScriptedCheck _check = new()
    {
        Answer = static _ =>
            Task.FromResult(
                HealthCheckResult.Degraded(
                    "The pool runs full.",
                    data: new Dictionary<string, object>
                    {
                        ["inUse"] = 47,
                        ["share"] = 0.123456,
                        ["open"] = true,
                        ["mode"] = HealthDetail.Summary,
                        ["lag"] = TimeSpan.FromSeconds(1.5),
                        ["note"] = "primary db-7.internal:5432 as ada@example.org",
                        ["password"] = "hunter2",
                        ["host"] = "db-7",
                        ["object"] = new object(),
                        ["checkedAt"] = Earlier,
                    }
                )
            ),
    };

    [Theory]
    [InlineData(HealthDetail.None, "", false, false)]
    [InlineData(HealthDetail.Summary, "db is degraded", true, false)]
    [InlineData(HealthDetail.Full, "db is degraded: The pool runs full.", true, true)]
    public async Task Everybody_is_shown_as_much_as_the_option_says(HealthDetail detail, string issue, bool component, bool data)
    {
        await using var host = await StartAsync(options => options.Health.Detail = detail);

        var answer = await HealthAnswer.AskAsync(host.Client, "/health/db");

        Assert.Equal("degraded", answer.Status);
        Assert.Equal(issue, string.Join('|', answer.Issues));
        Assert.Equal(component, answer.Components.TryGetProperty("db", out var shown));
        Assert.Equal(data, component && shown.GetProperty("data").TryGetProperty("inUse", out _));
    }

    [Fact]
    public async Task Data_are_plain_values_without_hosts_users_and_secrets()
    {
        await using var host = await StartAsync(static options => options.Health.Detail = HealthDetail.Full);

        var answer = await HealthAnswer.AskAsync(host.Client, "/health/db");

        Assert.Equal(
            """{"inUse":47,"share":0.1235,"open":true,"mode":"Summary","lag":1.5,"note":"primary [hidden] as [REDACTED]"}""",
            answer["db"].GetProperty("data").GetRawText()
        );
        Assert.Equal(Earlier, answer["db"].GetProperty("checkedAt").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("wrong", false)]
    [InlineData("right", true)]
    public async Task A_rule_of_the_hosts_may_show_everything(string? key, bool full)
    {
        await using var host = await StartAsync(static options =>
            options.Health.ShowsFullDetail = static context => ValueTask.FromResult(context.Request.Headers["X-Admin-Key"] == "right")
        );
        if (key is not null)
            host.Client.DefaultRequestHeaders.Add("X-Admin-Key", key);

        Assert.Equal(full, HasData(await HealthAnswer.AskAsync(host.Client, "/health")));
        Assert.Equal(full, HasData(await HealthAnswer.AskAsync(host.Client, "/readiness")));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("ada", false)]
    [InlineData("operator", true)]
    public async Task So_may_a_policy(string? user, bool full)
    {
        await using var host = await StartAsync(
            static options => options.Health.FullDetailPolicy = "operators",
            static builder =>
            {
                builder.Services.AddLedgerLiftAuth();
                builder.Services.AddAuthentication(LedgerLiftTokenDefaults.AuthenticationScheme).AddLedgerLiftToken();
                builder
                    .Services.AddAuthorizationBuilder()
                    .AddPolicy("operators", static policy => policy.RequireClaim(ClaimTypes.NameIdentifier, "operator"));
            },
            static app => app.UseAuthentication()
        );
        if (user is not null)
        {
            await host
                .App.Services.GetRequiredService<ITokenStore>()
                .StoreAsync("jti-1", user, TimeProvider.System.GetUtcNow().AddHours(1));
            host.Client.DefaultRequestHeaders.Add("Authorization", "Bearer jti-1");
        }

        Assert.Equal(full, HasData(await HealthAnswer.AskAsync(host.Client, "/health")));
    }

    public static TheoryData<string, Func<HealthCheckResult>> Talkers =>
        new()
        {
            { "throws", static () => throw new InvalidOperationException("Failed to connect to 10.1.2.3:5432 as postgres") },
            {
                "copies the exception",
                static () => HealthCheckResult.Unhealthy("no route to db-7", new InvalidOperationException("no route to db-7"))
            },
            { "names an address", static () => HealthCheckResult.Unhealthy("Failed to connect to 10.1.2.3:5432") },
            { "names a host", static () => HealthCheckResult.Unhealthy("Name or service not known (db-7.internal:5432)") },
            { "names a URL", static () => HealthCheckResult.Unhealthy("GET http://db-7/minio/health failed") },
            { "names an IPv6 address", static () => HealthCheckResult.Unhealthy("no route to [fe80::1:2:3:4]:6379") },
            { "names a user", static () => HealthCheckResult.Unhealthy("password authentication failed for user \"postgres\"") },
            { "names it in a connection string", static () => HealthCheckResult.Unhealthy("Host=db-7;Username=postgres;Password=hunter2") },
        };

    [Theory]
    [MemberData(nameof(Talkers))]
    public async Task No_exceptions_text_no_host_and_no_user_is_shown_not_even_to_who_sees_everything(
        string how,
        Func<HealthCheckResult> talk
    )
    {
        _check.Answer = _ => Task.FromResult(talk());
        await using var host = await StartAsync(static options => options.Health.Detail = HealthDetail.Full);

        foreach (var path in new[] { "/health", "/health/db", "/readiness" })
        {
            var answer = await HealthAnswer.AskAsync(host.Client, path);

            Assert.Equal((503, "unhealthy"), (answer.Http, answer.StatusOf("db")));
            Assert.All(
                ["db-7", "10.1.2.3", "postgres", "hunter2", "fe80", "no route to db"],
                secret => Assert.False(answer.Text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{how}: {answer.Text}")
            );
        }
    }

    private static bool HasData(HealthAnswer answer) => answer["db"].GetProperty("data").TryGetProperty("inUse", out _);

    private Task<WebHost> StartAsync(
        Action<LedgerLiftAspNetCoreOptions> configure,
        Action<WebApplicationBuilder>? register = null,
        Action<WebApplication>? use = null
    ) =>
        WebHost.StartAsync(
            app =>
            {
                use?.Invoke(app);
                app.MapLedgerLiftHealth();
            },
            builder =>
            {
                builder.Services.AddLedgerLiftAspNetCore(configure).AddHealthChecks().AddCheck("db", _check);
                register?.Invoke(builder);
            }
        );
}
