using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LedgerLift.Testing;

namespace UploadHost.Browser.Tests;

/// <summary>Asks the host for what it tells a user.</summary>
internal sealed class ApiReader : IDisposable
{
    private readonly HttpClient _http;

    public ApiReader(Uri host, string token)
    {
        Token = token;
        _http = new HttpClient { BaseAddress = host };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public string Token { get; }

    /// <summary>The user's documents, once so many of them are completed and no other is there.</summary>
    public async Task<IReadOnlyList<JsonNode>> CompletedAsync(int count)
    {
        IReadOnlyList<JsonNode> found = [];
        await Poll.UntilAsync(
            async () =>
            {
                found = await GetAsync("api/documents?limit=200");
                return found.Count == count && found.All(one => one["status"]!.GetValue<string>() == "completed");
            },
            TimeSpan.FromSeconds(90),
            $"{count.ToString(CultureInfo.InvariantCulture)} completed documents"
        );
        return found;
    }

    /// <summary>The artifacts or events of a document.</summary>
    public Task<IReadOnlyList<JsonNode>> ListAsync(JsonNode document, string what) =>
        GetAsync($"api/documents/{document["id"]!.GetValue<string>()}/{what}?limit=200");

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<JsonNode>> GetAsync(string path)
    {
        var page = JsonNode.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative)))!;
        Assert.Null(page["nextCursor"]?.GetValue<string>());
        return [.. page["items"]!.AsArray().Select(item => item!)];
    }
}
