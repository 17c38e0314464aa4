using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using LedgerLift.Resilience;

namespace UploadClient;

/// <summary>Calls the host: each call within 30 s with its tries, tried again with jittered pauses where that is safe, with an id that both logs know.</summary>
internal sealed class HostClient : IDisposable
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http;
    private readonly ResilienceExecutor _calls;
    private readonly string? _adminKey;
    private string? _token;

    public HostClient(Uri host, string? token, string? adminKey)
    {
        (_token, _adminKey, Host) = (token, adminKey, host);
        _http = new HttpClient(
            new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) }
        )
        {
            BaseAddress = host,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _calls = new ResilienceExecutor(
            "host",
            new ResiliencePolicyOptions
            {
                AttemptTimeout = AttemptTimeout,
                TotalTimeout = CallTimeout,
                // A client that gives up after half a minute need not be spared by a circuit that opens for a minute.
                CircuitBreaker = null,
                Retry = new RetryOptions
                {
                    BaseDelay = TimeSpan.FromMilliseconds(500),
                    MaxRetries = 10,
                    MaxDelay = TimeSpan.FromSeconds(4),
                },
            },
            new HostFailures()
        );
    }

    public Uri Host { get; }

    /// <summary>Takes a token for a user, with the admin key where the host asks for one.</summary>
    public Task<TokenAnswer> IssueTokenAsync(string userId, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Post,
            "api/tokens",
            JsonContent.Create(new TokenRequest(userId), ApiJson.Default.TokenRequest),
            ApiJson.Default.TokenAnswer,
            cancellationToken
        );

    /// <summary>Makes sure there is a token; an embedded host gives one to everybody.</summary>
    public async Task SignInAsync(CancellationToken cancellationToken) =>
        _token ??= (await IssueTokenAsync(Environment.UserName, cancellationToken)).Jti;

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, body: null, type, cancellationToken);

    public Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellationToken
    ) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body, bodyType), answerType, cancellationToken);

    public Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body: null, type, cancellationToken);

    public Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, body: null, type, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        _calls
            .ExecuteAsync(
                OperationSafety.Idempotent,
                async token =>
                {
                    using var answer = await SendOnceAsync(HttpMethod.Delete, path, body: null, token);
                    return true;
                },
                cancellationToken
            )
            .AsTask();

    public void Dispose() => _http.Dispose();

    private Task<T> SendAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? body,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    ) =>
        _calls
            .ExecuteAsync(
                // A second announcement or token only expires unused, and a second registration is refused as a duplicate.
                OperationSafety.Idempotent,
                async token =>
                {
                    using var answer = await SendOnceAsync(method, path, body, token);
                    return await answer.Content.ReadFromJsonAsync(type, token)
                        ?? throw new HttpRequestException("The host answered with nothing.");
                },
                cancellationToken
            )
            .AsTask();

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpMethod method,
        string path,
        HttpContent? body,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Request-ID", $"cli-{Guid.NewGuid():N}");
        if (_token is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (_adminKey is { } key)
            request.Headers.Add("X-Admin-Key", key);
        if (body is not null)
        {
            // A try must not dispose the body of the next.
            request.Content = new ByteArrayContent(await body.ReadAsByteArrayAsync(cancellationToken));
            request.Content.Headers.ContentType = body.Headers.ContentType;
        }

        var answer = await _http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await HostRefusedException.ReadAsync(answer, cancellationToken);
    }
}
