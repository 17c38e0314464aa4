using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace UploadHost.Processes;

/// <summary>Uploads as a first draft does: the same three calls, each once.</summary>
internal sealed class NaiveClient : IStormClient
{
    private readonly HttpClient _api;
    private readonly HttpClient _store = new();

    public NaiveClient(Uri host, string token)
    {
        _api = new HttpClient { BaseAddress = host };
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<Guid> UploadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var announced = await PostAsync(
            "api/uploads/presign",
            new
            {
                fileName = file.Name,
                contentType = "text/csv",
                fileSize = file.Length,
            },
            cancellationToken
        );
        using var put = new HttpRequestMessage(HttpMethod.Put, announced["url"]!.GetValue<string>());
        put.Content = new ByteArrayContent(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        foreach (var (name, value) in announced["headers"]!.AsObject())
        {
            if (
                !name.Equals("host", StringComparison.OrdinalIgnoreCase)
                && !put.Headers.TryAddWithoutValidation(name, value!.GetValue<string>())
            )
                put.Content.Headers.TryAddWithoutValidation(name, value.GetValue<string>());
        }

        using var sent = await _store.SendAsync(put, cancellationToken);
        sent.EnsureSuccessStatusCode();
        var document = await PostAsync("api/documents", new { key = announced["key"]!.GetValue<string>() }, cancellationToken);
        return document["id"]!.GetValue<Guid>();
    }

    public void Dispose()
    {
        _api.Dispose();
        _store.Dispose();
    }

    private async Task<JsonNode> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await _api.PostAsJsonAsync(path, body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
    }
}
