using System.Net;
using System.Security.Claims;
using LedgerLift.Auth;
using LedgerLift.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.AspNetCore.Tests;

public sealed class TokenAuthenticationTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FragileTokenStore _store;
    private WebHost _host = null!;

    public TokenAuthenticationTests() => _store = new FragileTokenStore(new InMemoryTokenStore(timeProvider: _clock));

    public async ValueTask InitializeAsync()
    {
        _host = await WebHost.StartAsync(Map, Register);
        await _store.StoreAsync("live-1", "ada", _clock.GetUtcNow().AddHours(1));
        await _store.StoreAsync("revoked-1", "ada", _clock.GetUtcNow().AddHours(1));
        await _store.RevokeAsync("revoked-1");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("Bearer live-1")]
    [InlineData("bearer live-1")]
    [InlineData("BEARER   live-1 ")]
    public async Task A_live_token_lets_its_user_in(string header)
    {
        using var response = await AskAsync("/me", header);

        Assert.Equal("ada|ada|live-1", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Bearer revoked-1")]
    [InlineData("Bearer unknown-1")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer live-1 live-1")]
    [InlineData("Bearer live-1,live-1")]
    [InlineData("Bearer LIVE-1")]
    public async Task Any_other_is_answered_with_one_401(string header)
    {
        using var response = await AskAsync("/me", header);

        var problem = await Problem.ReadAsync(response, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
        Assert.False(problem.Body.TryGetProperty("detail", out _));
    }

    [Fact]
    public async Task An_id_no_store_can_have_is_not_even_asked_for()
    {
        var before = _store.Asked;
        using var response = await AskAsync("/me", "Bearer " + new string('x', 257));

        Assert.Equal((HttpStatusCode.Unauthorized, before), (response.StatusCode, _store.Asked));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic YTpi")]
    [InlineData("Bearerlive-1")]
    public async Task Without_a_token_the_scheme_asks_for_one(string? header)
    {
        using var response = await AskAsync("/me", header);

        await Problem.ReadAsync(response, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Two_headers_are_no_token()
    {
        using var response = await AskAsync("/me", "Bearer live-1", "Bearer live-1");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_expired_token_is_refused_at_its_instant()
    {
        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        using var before = await AskAsync("/me", "Bearer live-1");
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        using var at = await AskAsync("/me", "Bearer live-1");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, at.StatusCode));
    }

    [Fact]
    public async Task A_store_that_finds_a_token_past_its_time_lets_nobody_in()
    {
        _store.Answer = new StoredToken("late", "ada", _clock.GetUtcNow().AddHours(-2), _clock.GetUtcNow());

        using var response = await AskAsync("/me", "Bearer late");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    public static TheoryData<Exception> Failures =>
        [
            new TokenStoreException("redis-1:6379 is down", TokenStoreErrorCodes.Unavailable, isTransient: true),
            new TokenStoreException("redis-1:6379 is odd", TokenStoreErrorCodes.CorruptRecord, isTransient: false),
            new TimeoutException("redis-1:6379"),
            new OperationCanceledException("redis-1:6379"),
            new InvalidOperationException("redis-1:6379"),
        ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task When_the_store_is_down_nobody_is_let_in_and_the_answer_is_503(Exception failure)
    {
        _store.Failure = failure;

        using var response = await AskAsync("/me", "Bearer live-1");

        var problem = await Problem.ReadAsync(response, HttpStatusCode.ServiceUnavailable, "token_store_unavailable");
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.DoesNotContain("redis", problem.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Same(failure, Assert.Single(_host.Log.WithId(8010)).Exception);
    }

    [Fact]
    public async Task Where_everybody_may_come_a_store_that_is_down_keeps_nobody_out()
    {
        _store.Failure = new TimeoutException();

        using var response = await AskAsync("/anyone", "Bearer live-1");

        Assert.Equal("False", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_id_the_store_refuses_is_no_token()
    {
        _store.Failure = new ArgumentException("jti");

        using var response = await AskAsync("/me", "Bearer odd");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Who_is_known_and_may_not_is_forbidden()
    {
        using var response = await AskAsync("/admin", "Bearer live-1");

        await Problem.ReadAsync(response, HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task The_token_is_in_no_log()
    {
        using var live = await AskAsync("/me", "Bearer live-1");
        using var unknown = await AskAsync("/me", "Bearer unknown-1");

        Assert.DoesNotContain("live-1", _host.Log.AllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("unknown-1", _host.Log.AllText(), StringComparison.Ordinal);
    }

    private static void Map(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet(
                "/me",
                static (ClaimsPrincipal user) =>
                    $"{user.Identity!.Name}|{user.FindFirstValue(ClaimTypes.NameIdentifier)}|{user.FindFirstValue(LedgerLiftTokenDefaults.TokenIdClaim)}"
            )
            .RequireAuthorization();
        app.MapGet("/admin", static () => "secret").RequireAuthorization(static policy => policy.RequireRole("admin"));
        app.MapGet("/anyone", static (ClaimsPrincipal user) => user.Identity!.IsAuthenticated.ToString());
    }

    private void Register(WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<ITokenStore>(_store);
        builder.Services.AddAuthentication(LedgerLiftTokenDefaults.AuthenticationScheme).AddLedgerLiftToken();
        builder.Services.AddAuthorization();
    }

    private async Task<HttpResponseMessage> AskAsync(string path, params string?[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var header in headers.OfType<string>())
            request.Headers.TryAddWithoutValidation("Authorization", header);
        return await _host.Client.SendAsync(request);
    }
}
