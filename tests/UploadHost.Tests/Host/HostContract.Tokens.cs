using System.Net;

namespace UploadHost.Tests;

public abstract partial class HostContract
{
    [Theory]
    [InlineData("GET", "/api/documents")]
    [InlineData("POST", "/api/documents")]
    [InlineData("GET", "/api/documents/00000000-0000-0000-0000-000000000001")]
    [InlineData("GET", "/api/documents/00000000-0000-0000-0000-000000000001/events")]
    [InlineData("GET", "/api/documents/00000000-0000-0000-0000-000000000001/artifacts")]
    [InlineData("GET", "/api/documents/00000000-0000-0000-0000-000000000001/content")]
    [InlineData("POST", "/api/documents/00000000-0000-0000-0000-000000000001/retry")]
    [InlineData("DELETE", "/api/documents/00000000-0000-0000-0000-000000000001")]
    [InlineData("POST", "/api/uploads/presign")]
    [InlineData("POST", "/api/uploads/multipart")]
    [InlineData("GET", "/api/uploads/multipart/x")]
    [InlineData("POST", "/api/uploads/multipart/x/parts/1")]
    [InlineData("POST", "/api/uploads/multipart/x/complete")]
    [InlineData("DELETE", "/api/uploads/multipart/x")]
    [InlineData("GET", "/api/statistics")]
    public async Task Every_call_needs_a_token(string method, string path)
    {
        var stranger = new ApiUser(fixture.Http, "x", "no-such-token", Token);

        (await Anonymous.SendAsync(new HttpMethod(method), path)).IsRefused(HttpStatusCode.Unauthorized, "unauthorized");
        (await stranger.SendAsync(new HttpMethod(method), path)).IsRefused(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_token_works_until_its_owner_revokes_it()
    {
        var user = await NewUserAsync();
        (await user.GetAsync("/api/statistics")).Is(HttpStatusCode.OK);

        var revoked = (await user.PostAsync("/api/tokens/revoke", new { jti = user.Token })).Is(HttpStatusCode.OK);

        Assert.Equal("revoked", revoked["outcome"]);
        (await user.GetAsync("/api/statistics")).IsRefused(HttpStatusCode.Unauthorized, "unauthorized");
        (await user.PostAsync("/api/tokens/revoke", new { jti = user.Token })).IsRefused(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Revoking_a_user_ends_exactly_their_tokens()
    {
        var user = await NewUserAsync();
        var second = await NewUserAsync(user.UserId);
        var other = await NewUserAsync();

        (await other.DeleteAsync($"/api/users/{user.UserId}/tokens")).IsRefused(HttpStatusCode.NotFound, "not_found");
        var revoked = (await user.DeleteAsync($"/api/users/{user.UserId}/tokens")).Is(HttpStatusCode.OK);

        Assert.Equal(2, revoked.Json["revoked"]!.GetValue<int>());
        (await second.GetAsync("/api/statistics")).IsRefused(HttpStatusCode.Unauthorized, "unauthorized");
        (await other.GetAsync("/api/statistics")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Anothers_token_is_as_if_it_were_not_there()
    {
        var user = await NewUserAsync();
        var other = await NewUserAsync();

        var answer = (await user.PostAsync("/api/tokens/revoke", new { jti = other.Token })).Is(HttpStatusCode.OK);

        Assert.Equal("not_found", answer["outcome"]);
        (await other.GetAsync("/api/statistics")).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    public async Task A_user_id_must_be_one(string? userId) =>
        (await IssueAsync(userId)).IsRefused(HttpStatusCode.UnprocessableEntity, "validation_failed");

    [Fact]
    public async Task Where_an_admin_key_is_set_nobody_gets_a_token_without_it()
    {
        if (fixture.AdminKey is null)
        {
            (await Anonymous.PostAsync("/api/tokens", new { userId = "open" })).Is(HttpStatusCode.Created);
            return;
        }

        (await Anonymous.PostAsync("/api/tokens", new { userId = "x" })).IsRefused(HttpStatusCode.Unauthorized, "unauthorized");
        (await Anonymous.PostAsync("/api/tokens", new { userId = "x" }, request => AddAdminKey(request, fixture.AdminKey + "x"))).IsRefused(
            HttpStatusCode.Unauthorized,
            "unauthorized"
        );
    }
}
