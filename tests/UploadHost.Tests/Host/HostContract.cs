using System.Net;

namespace UploadHost.Tests;

/// <summary>The HTTP table, row by row; the same for embedded parts and for real servers. Each test has users of its own.</summary>
public abstract partial class HostContract(HostFixture fixture)
{
    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private ApiUser Anonymous => new(fixture.Http, "nobody", token: null, Token);

    private protected async Task<ApiUser> NewUserAsync(string? name = null)
    {
        var userId = name ?? $"user-{Guid.NewGuid():N}";
        var issued = (await IssueAsync(userId)).Is(HttpStatusCode.Created);
        return new ApiUser(fixture.Http, userId, issued["jti"], Token);
    }

    private Task<Answered> IssueAsync(string? userId) =>
        Anonymous.PostAsync("/api/tokens", new { userId }, request => AddAdminKey(request, fixture.AdminKey));

    private static void AddAdminKey(HttpRequestMessage request, string? key)
    {
        if (key is not null)
            request.Headers.Add("X-Admin-Key", key);
    }

    private protected static string Id(System.Text.Json.Nodes.JsonNode document) => document["id"]!.GetValue<string>();
}
