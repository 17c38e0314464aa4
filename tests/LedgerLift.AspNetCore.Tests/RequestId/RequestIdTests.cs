using LedgerLift.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore.Tests;

public sealed class RequestIdTests
{
    private const string Header = "X-Request-ID";

    public static TheoryData<string> Kept => ["a", "req-1", "A.b_c-9", new string('x', 128)];

    public static TheoryData<string> Replaced =>
        ["a b", "a,b", "käse", "a\tb", "<script>", "a/b", "\u202Eabc", new string('x', 129), "a\u00A0b", "{\"a\":1}"];

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task A_well_formed_id_is_kept(string id)
    {
        await using var host = await StartAsync();

        Assert.Equal((id, id), await AskAsync(host, id));
    }

    [Theory]
    [MemberData(nameof(Replaced))]
    public async Task Any_other_id_is_replaced(string id)
    {
        await using var host = await StartAsync();

        var (answered, seen) = await AskAsync(host, id);

        Assert.NotEqual(id, answered);
        Assert.Matches("^[0-9a-f]{32}$", answered);
        Assert.Equal(answered, seen);
    }

    [Fact]
    public async Task No_id_an_empty_one_and_two_of_them_are_replaced()
    {
        await using var host = await StartAsync();

        Assert.Matches("^[0-9a-f]{32}$", (await AskAsync(host)).Answered);
        Assert.Matches("^[0-9a-f]{32}$", (await AskAsync(host, "")).Answered);
        Assert.Matches("^[0-9a-f]{32}$", (await AskAsync(host, "one", "two")).Answered);
    }

    [Fact]
    public async Task The_id_does_not_flow_into_the_next_request_of_the_connection()
    {
        await using var host = await StartAsync();

        var first = await AskAsync(host);
        var second = await AskAsync(host);

        Assert.NotEqual(first.Answered, second.Answered);
        Assert.Null(RequestContext.RequestId);
    }

    [Theory]
    [InlineData("/throws", 500)]
    [InlineData("/cleared", 500)]
    [InlineData("/nowhere", 404)]
    [InlineData("/empty", 409)]
    public async Task It_stands_on_every_answer_also_after_an_exception(string path, int status)
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(Header, "mine");

        using var response = await host.Client.SendAsync(request);

        Assert.Equal((status, "mine"), ((int)response.StatusCode, response.Headers.GetValues(Header).Single()));
        Assert.Equal("mine", (await Problem.ReadAsync(response)).RequestId);
    }

    [Fact]
    public async Task Events_of_the_request_carry_it()
    {
        await using var host = await StartAsync(static builder => builder.Logging.AddLedgerLiftLogging());

        await AskAsync(host, "logged");

        var written = host.Log.Records.Single(record => record.Message == "here");
        Assert.Equal("logged", written.State.Single(pair => pair.Key == "request_id").Value);
        Assert.Contains(written.State, pair => pair.Key == "trace_id");
        Assert.Contains(written.State, pair => pair.Key == "span_id");
    }

    private static Task<WebHost> StartAsync(Action<WebApplicationBuilder>? register = null) =>
        WebHost.StartBareAsync(
            static app =>
            {
                app.UseLedgerLiftRequestId();
                app.MapGet(
                    "/",
                    async (HttpContext context, Microsoft.Extensions.Logging.ILogger<RequestIdTests> logger) =>
                    {
                        await Task.Yield();
                        Microsoft.Extensions.Logging.LoggerExtensions.LogInformation(logger, "here");
                        Assert.Equal(context.TraceIdentifier, RequestContext.RequestId);
                        return RequestContext.RequestId;
                    }
                );
                app.MapGet("/throws", string () => throw new InvalidOperationException("inside"));
                app.MapGet("/empty", () => Results.StatusCode(409));
                app.MapGet(
                    "/cleared",
                    string (HttpContext context) =>
                    {
                        context.Response.Headers["X-Half"] = "made";
                        context.Response.Clear();
                        throw new InvalidOperationException("inside");
                    }
                );
            },
            register
        );

    private static async Task<(string Answered, string Seen)> AskAsync(WebHost host, params string[] ids)
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        foreach (var id in ids)
            request.Headers.TryAddWithoutValidation(Header, id);

        using var response = await client.SendAsync(request);

        response.EnsureSuccessStatusCode();
        return (response.Headers.GetValues(Header).Single(), await response.Content.ReadAsStringAsync());
    }
}
