using System.Text.Json;

namespace LedgerLift.AspNetCore.Tests;

/// <summary>A health answer as a caller reads it.</summary>
internal sealed record HealthAnswer(int Http, string Status, DateTimeOffset Timestamp, string[] Issues, JsonElement Components, string Text)
{
    public static async Task<HealthAnswer> AskAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await ReadAsync(response);
    }

    public static async Task<HealthAnswer> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var body = JsonDocument.Parse(text).RootElement;
        Assert.Equal(["status", "timestamp", "issues", "components"], body.EnumerateObject().Select(each => each.Name));
        return new HealthAnswer(
            (int)response.StatusCode,
            body.GetProperty("status").GetString()!,
            body.GetProperty("timestamp").GetDateTimeOffset(),
            [.. body.GetProperty("issues").EnumerateArray().Select(each => each.GetString()!)],
            body.GetProperty("components"),
            text
        );
    }

    public JsonElement this[string component] => Components.GetProperty(component);

    public string StatusOf(string component) => this[component].GetProperty("status").GetString()!;
}
