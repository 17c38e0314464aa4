using System.Net;
using System.Net.Http.Headers;

namespace UploadHost.Tests;

public abstract partial class HostContract
{
    [Fact]
    public async Task Documents_are_listed_newest_first_in_pages_and_by_status()
    {
        var user = await NewUserAsync();
        var made = new List<string>();
        for (var count = 0; count < 3; count++)
            made.Add(Id(await user.UploadAsync(ApiUser.Rows())));

        var first = (await user.GetAsync("/api/documents?limit=2")).Is(HttpStatusCode.OK).Json;
        var rest = (await user.GetAsync($"/api/documents?limit=2&cursor={first["nextCursor"]!.GetValue<string>()}"))
            .Is(HttpStatusCode.OK)
            .Json;

        var seen = first["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(document => Id(document!));
        Assert.Equal(Enumerable.Reverse(made), seen);
        Assert.Null(rest["nextCursor"]);
        await user.WaitForAsync(made[0], "completed");
        var completed = (await user.GetAsync("/api/documents?status=completed")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Contains(made[0], completed.Select(document => Id(document!)));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("status=unknown", "status")]
    [InlineData("cursor=%21", "cursor")]
    public async Task A_list_that_cannot_be_made_is_refused(string query, string field)
    {
        var user = await NewUserAsync();

        var refused = (await user.GetAsync($"/api/documents?{query}")).IsRefused(HttpStatusCode.UnprocessableEntity, "validation_failed");

        Assert.Equal(field, refused.Json["errors"]![0]!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nobody_sees_anothers_document()
    {
        var id = Id(await (await NewUserAsync()).UploadAsync(ApiUser.Rows()));
        var other = await NewUserAsync();

        foreach (var path in (string[])["", "/events", "/artifacts", "/content"])
            (await other.GetAsync($"/api/documents/{id}{path}")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await other.PostAsync($"/api/documents/{id}/retry")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await other.DeleteAsync($"/api/documents/{id}")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await other.GetAsync("/api/documents/no-id")).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Content_comes_back_whole_in_ranges_and_as_an_attachment()
    {
        var user = await NewUserAsync();
        var content = ApiUser.Rows();
        var document = await user.UploadAsync(content);
        var path = $"/api/documents/{Id(document)}/content";

        var whole = (await user.GetAsync(path)).Is(HttpStatusCode.OK);
        var headers = whole.Message.Content.Headers;
        Assert.Equal(content, await whole.Message.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("attachment", headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", whole.Message.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal($"\"{document["sha256"]!.GetValue<string>()}\"", whole.Message.Headers.ETag?.Tag);

        var part = await user.SendAsync(HttpMethod.Get, path, body: null, request => request.Headers.Range = new RangeHeaderValue(5, 9));
        Assert.Equal(HttpStatusCode.PartialContent, part.Status);
        Assert.Equal(content[5..10], await part.Message.Content.ReadAsByteArrayAsync(Token));

        var known = await user.SendAsync(
            HttpMethod.Get,
            path,
            body: null,
            request => request.Headers.IfNoneMatch.Add(whole.Message.Headers.ETag!)
        );
        Assert.Equal(HttpStatusCode.NotModified, known.Status);
    }

    [Fact]
    public async Task A_deleted_document_is_gone_with_its_object_and_its_trail_stays()
    {
        var user = await NewUserAsync();
        var content = ApiUser.Rows();
        var document = await user.UploadAsync(content);
        await user.WaitForAsync(Id(document), "completed");

        (await user.DeleteAsync($"/api/documents/{Id(document)}")).Is(HttpStatusCode.NoContent);

        (await user.GetAsync($"/api/documents/{Id(document)}")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await user.GetAsync($"/api/documents/{Id(document)}/content")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await user.DeleteAsync($"/api/documents/{Id(document)}")).IsRefused(HttpStatusCode.NotFound, "not_found");
        var events = (await user.GetAsync($"/api/documents/{Id(document)}/events")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal("document.deleted", events[0]!["eventType"]!.GetValue<string>());
        // What was deleted is no duplicate.
        await user.UploadAsync(content);
    }

    [Fact]
    public async Task A_failed_document_says_why_and_can_be_tried_again()
    {
        var user = await NewUserAsync();
        var broken = "%PDF-1.4\nnothing behind the header"u8.ToArray().Concat(Guid.NewGuid().ToByteArray()).ToArray();
        var document = await user.UploadAsync(broken, "broken.pdf", "application/pdf");

        var failed = await user.WaitForAsync(Id(document), "failed");
        Assert.NotEmpty(failed["errorMessage"]!.GetValue<string>());
        var retried = (await user.PostAsync($"/api/documents/{Id(document)}/retry")).Is(HttpStatusCode.Accepted);

        Assert.Equal("retrying", retried["status"]);
        await user.WaitForAsync(Id(document), "failed");
    }

    [Fact]
    public async Task A_completed_document_cannot_be_tried_again()
    {
        var user = await NewUserAsync();
        var document = await user.UploadAsync(ApiUser.Rows());
        await user.WaitForAsync(Id(document), "completed");

        (await user.PostAsync($"/api/documents/{Id(document)}/retry")).IsRefused(HttpStatusCode.Conflict, "illegal_transition");
    }

    [Fact]
    public async Task Statistics_count_what_a_user_has()
    {
        var user = await NewUserAsync();
        var document = await user.UploadAsync(ApiUser.Rows());
        await user.WaitForAsync(Id(document), "completed");

        var statistics = (await user.GetAsync("/api/statistics")).Is(HttpStatusCode.OK).Json;

        Assert.Equal(1, statistics["documents"]!["completed"]!.GetValue<int>());
        Assert.Equal(0, statistics["documents"]!["failed"]!.GetValue<int>());
        Assert.Equal(document["fileSize"]!.GetValue<long>(), statistics["totalBytes"]!.GetValue<long>());
        Assert.Equal(2, statistics["artifacts"]!.GetValue<int>());
    }
}
