using System.Net;
using LedgerLift.Auth;
using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.AspNetCore.Tests;

public sealed class ProblemTests
{
    private static readonly ManualTimeProvider Clock = new();

    [Fact]
    public async Task An_exception_is_answered_without_a_word_of_it_and_logged_whole()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync("/throws");
        var problem = await Problem.ReadAsync(response, HttpStatusCode.InternalServerError, "internal_error");

        Assert.Equal(Clock.GetUtcNow(), problem.Timestamp);
        Assert.Equal(
            ["type", "title", "status", "code", "requestId", "timestamp"],
            problem.Body.EnumerateObject().Select(each => each.Name)
        );
        Assert.DoesNotContain("db-7", problem.Body.GetRawText(), StringComparison.Ordinal);
        var written = Assert.Single(host.Log.WithId(8000));
        Assert.Equal("no route to db-7", written.Exception?.Message);
    }

    [Fact]
    public async Task In_development_nothing_more_is_shown()
    {
        await using var host = await WebHost.StartBareAsync(
            static app =>
            {
                app.UseDeveloperExceptionPage();
                app.UseLedgerLiftRequestId();
                app.MapGet("/throws", string () => throw new InvalidOperationException("no route to db-7"));
            },
            static builder => builder.Services.AddLedgerLiftAspNetCore()
        );

        using var response = await host.Client.GetAsync("/throws");

        await Problem.ReadAsync(response, HttpStatusCode.InternalServerError, "internal_error");
    }

    [Fact]
    public async Task The_first_rule_that_answers_counts_also_for_derived_exceptions()
    {
        await using var host = await StartAsync(static options =>
            options
                .MapFailure<ArgumentException>(static _ => null)
                .MapFailure<InvalidOperationException>(static _ => throw new NotSupportedException("broken rule"))
                .MapFailure<SystemException>(static _ => new ProblemAnswer(503, "database_unavailable")
                {
                    RetryAfter = TimeSpan.FromSeconds(1.2),
                    Title = "Later",
                    Detail = "Try again.",
                    Extensions = new Dictionary<string, object?>
                    {
                        ["attempts"] = 3,
                        ["code"] = "mine",
                        ["none"] = null,
                    },
                })
                .MapFailure<Exception>(static _ => new ProblemAnswer(418, "never"))
        );

        using var response = await host.Client.GetAsync("/throws");
        var problem = await Problem.ReadAsync(response, HttpStatusCode.ServiceUnavailable, "database_unavailable");

        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        Assert.Equal("Later", problem.Body.GetProperty("title").GetString());
        Assert.Equal("Try again.", problem.Body.GetProperty("detail").GetString());
        Assert.Equal(3, problem.Body.GetProperty("attempts").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, problem.Body.GetProperty("none").ValueKind);
        Assert.Single(host.Log.WithId(8002));
    }

    [Theory]
    [InlineData("/nowhere", "GET", 404, "not_found")]
    [InlineData("/throws", "POST", 405, "method_not_allowed")]
    [InlineData("/status/400", "GET", 400, "malformed_request")]
    [InlineData("/status/401", "GET", 401, "unauthorized")]
    [InlineData("/status/403", "GET", 403, "forbidden")]
    [InlineData("/status/408", "GET", 408, "timeout")]
    [InlineData("/status/409", "GET", 409, "conflict")]
    [InlineData("/status/413", "GET", 413, "file_too_large")]
    [InlineData("/status/415", "GET", 415, "unsupported_media_type")]
    [InlineData("/status/418", "GET", 418, "request_refused")]
    [InlineData("/status/422", "GET", 422, "validation_failed")]
    [InlineData("/status/429", "GET", 429, "rate_limited")]
    [InlineData("/status/501", "GET", 501, "internal_error")]
    [InlineData("/status/503", "GET", 503, "service_unavailable")]
    [InlineData("/status/504", "GET", 504, "timeout")]
    [InlineData("/refused/413", "GET", 413, "file_too_large")]
    [InlineData("/refused/400", "GET", 400, "malformed_request")]
    [InlineData("/store/unavailable", "GET", 503, "token_store_unavailable")]
    [InlineData("/store/corrupt_record", "GET", 503, "token_store_unavailable")]
    [InlineData("/store/duplicate_jti", "GET", 500, "internal_error")]
    [InlineData("/framework", "GET", 400, "malformed_request")]
    public async Task Every_failure_has_its_code(string path, string method, int status, string code)
    {
        await using var host = await StartAsync(static options => options.StatusCodes[413] = "file_too_large");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        // Also for whoever says that it wants no JSON.
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await host.Client.SendAsync(request);

        await Problem.ReadAsync(response, (HttpStatusCode)status, code);
        Assert.Equal(status is 429 or 503, response.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_malformed()
    {
        await using var host = await StartAsync();
        using var broken = new StringContent("{\"x\":", System.Text.Encoding.UTF8, "application/json");

        using var response = await host.Client.PostAsync("/body", broken);

        await Problem.ReadAsync(response, HttpStatusCode.BadRequest, "malformed_request");
    }

    [Fact]
    public async Task An_answer_of_the_endpoints_own_is_left_alone()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync("/own");

        Assert.Equal((HttpStatusCode)409, response.StatusCode);
        Assert.Equal("\"mine\"", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_same_answer_to_HEAD_has_no_body()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/nowhere");

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_answer_that_had_begun_is_cut_off()
    {
        await using var host = await StartAsync();

        var failure = await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Client.GetStringAsync("/half"));

        Assert.IsType<IOException>(failure.InnerException, exactMatch: false);
        Assert.Single(host.Log.WithId(8000));
    }

    [Fact]
    public async Task A_caller_that_leaves_is_no_failure()
    {
        await using var host = await StartAsync();
        using var limit = new CancellationTokenSource();
        var asked = host.Client.GetAsync("/waits", limit.Token);
        await Poll.UntilAsync(() => host.Log.Records.Any(record => record.Message == "waiting"));

        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        await Poll.UntilAsync(() => host.Log.Records.Any(record => record.Message == "left"));
        await host.App.StopAsync();
        Assert.DoesNotContain(host.Log.Records, record => record.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData(399)]
    [InlineData(600)]
    public void A_problem_has_a_status_that_says_so(int status) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProblemAnswer(status, "code"));

    [Fact]
    public void A_problem_has_a_code() => Assert.ThrowsAny<ArgumentException>(() => new ProblemAnswer(400, " "));

    private static Task<WebHost> StartAsync(Action<LedgerLiftAspNetCoreOptions>? configure = null) =>
        WebHost.StartAsync(Map, builder => builder.Services.AddSingleton<TimeProvider>(Clock).AddLedgerLiftAspNetCore(configure));

    private static void Map(WebApplication app)
    {
        app.MapGet("/throws", string () => throw new InvalidOperationException("no route to db-7"));
        app.MapGet("/status/{status:int}", static (int status) => Results.StatusCode(status));
        app.MapGet("/refused/{status:int}", string (int status) => throw new BadHttpRequestException("inside", status));
        app.MapGet("/store/{code}", string (string code) => throw new TokenStoreException("redis-1:6379", code, isTransient: true));
        app.MapGet("/framework", static () => Results.Problem(statusCode: 400));
        app.MapGet("/own", static () => Results.Json("mine", statusCode: 409));
        app.MapPost("/body", static (Dictionary<string, int> body) => body.Count);
        app.MapGet(
            "/half",
            static async (HttpContext context) =>
            {
                await context.Response.WriteAsync("half");
                await context.Response.Body.FlushAsync();
                throw new InvalidOperationException("then not");
            }
        );
        app.MapGet(
            "/waits",
            static async (HttpContext context, ILogger<ProblemTests> logger) =>
            {
                logger.LogInformation("waiting");
                try
                {
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
                finally
                {
                    logger.LogInformation("left");
                }
            }
        );
    }
}
