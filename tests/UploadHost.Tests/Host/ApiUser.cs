using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace UploadHost.Tests;

/// <summary>A user of a host: calls with a token, and uploads as clients do.</summary>
internal sealed class ApiUser(HttpClient http, string userId, string? token, CancellationToken cancellationToken)
{
    public string UserId { get; } = userId;

    public string? Token { get; } = token;

    public Task<Answered> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answered> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answered> PostAsync(string path, object? body = null, Action<HttpRequestMessage>? change = null) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), change);

    public async Task<Answered> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? body = null,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        change?.Invoke(request);
        var answer = await http.SendAsync(request, cancellationToken);
        return new Answered(answer.StatusCode, answer, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Announces content.</summary>
    public Task<Answered> PresignAsync(byte[] content, string name = "rows.csv", string type = "text/csv", bool hash = true) =>
        PostAsync(
            "/api/uploads/presign",
            new
            {
                fileName = name,
                contentType = type,
                fileSize = content.Length,
                sha256 = hash ? Sha256(content) : null,
            }
        );

    /// <summary>Sends content to where the announcement says.</summary>
    public async Task<HttpStatusCode> PutAsync(JsonNode announced, byte[] content)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(announced["method"]!.GetValue<string>()),
            announced["url"]!.GetValue<string>()
        );
        request.Content = new ByteArrayContent(content);
        foreach (var (header, value) in announced["headers"]!.AsObject())
        {
            if (
                header.Equals("content-length", StringComparison.OrdinalIgnoreCase)
                || header.Equals("host", StringComparison.OrdinalIgnoreCase)
            )
                continue;
            if (!request.Headers.TryAddWithoutValidation(header, value!.GetValue<string>()))
                request.Content.Headers.TryAddWithoutValidation(header, value.GetValue<string>());
        }

        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Announces, sends and registers content.</summary>
    public async Task<JsonNode> UploadAsync(byte[] content, string name = "rows.csv", string type = "text/csv")
    {
        var announced = (await PresignAsync(content, name, type)).Is(HttpStatusCode.OK);
        var put = await PutAsync(announced.Json, content);
        Assert.True((int)put is 200 or 201 or 204, $"PUT: {put}");
        return (await PostAsync("/api/documents", new { key = announced["key"] })).Is(HttpStatusCode.Created).Json;
    }

    /// <summary>Asks after a document until it has this status.</summary>
    public Task<JsonNode> WaitForAsync(string id, string status) => WaitForAsync(id, [status]);

    /// <summary>Asks after a document until no worker has to do with it any more.</summary>
    public Task<JsonNode> WaitForEndAsync(string id) => WaitForAsync(id, ["completed", "failed"]);

    private async Task<JsonNode> WaitForAsync(string id, string[] statuses)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var document = (await GetAsync($"/api/documents/{id}")).Is(HttpStatusCode.OK).Json;
            if (statuses.Contains(document["status"]!.GetValue<string>()))
                return document;
            Assert.True(
                TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60),
                $"It did not become {string.Join(" or ", statuses)}: {document}"
            );
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Rows that nobody else uploads.</summary>
    public static byte[] Rows() => Encoding.UTF8.GetBytes($"name,total\n{Guid.NewGuid()},1\n");

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
