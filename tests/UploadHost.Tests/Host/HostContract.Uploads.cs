using System.Net;
using System.Text;
using LedgerLift.Testing;

namespace UploadHost.Tests;

public abstract partial class HostContract
{
    [Fact]
    public async Task A_file_is_announced_sent_registered_and_worked_on()
    {
        var user = await NewUserAsync();
        var content = ApiUser.Rows();

        var document = await user.UploadAsync(content);

        Assert.Equal("rows.csv", document["fileName"]!.GetValue<string>());
        Assert.Equal(ApiUser.Sha256(content), document["sha256"]!.GetValue<string>());
        Assert.Equal(content.Length, document["fileSize"]!.GetValue<long>());
        var done = await user.WaitForAsync(Id(document), "completed");
        Assert.Null(done["errorMessage"]);
        var artifacts = (await user.GetAsync($"/api/documents/{Id(document)}/artifacts")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(2, artifacts.Count);
        Assert.Equal("name", artifacts[0]!["data"]!["cells"]![0]!.GetValue<string>());
        var events = (await user.GetAsync($"/api/documents/{Id(document)}/events")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(
            ["document.completed", "document.processing", "document.uploaded"],
            events.Select(entry => entry!["eventType"]!.GetValue<string>())
        );
        Assert.NotEmpty(events[^1]!["requestId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_pdf_is_worked_on()
    {
        var user = await NewUserAsync();

        var document = await user.UploadAsync(SamplePdf.Unique("Invoice 4711"), "invoice.pdf", "application/pdf");

        await user.WaitForAsync(Id(document), "completed");
        var artifacts = (await user.GetAsync($"/api/documents/{Id(document)}/artifacts")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        var artifact = Assert.Single(artifacts)!;
        Assert.Equal("Invoice 4711", artifact["data"]!["text"]!.GetValue<string>());
        Assert.True(artifact["box"]!["width"]!.GetValue<double>() > 0);
    }

    [Theory]
    [InlineData("../../etc/passwd.csv", "text/csv", 10, "file_name_invalid")]
    [InlineData("rows.csv", "application/x-msdownload", 10, "content_type_not_allowed")]
    [InlineData("rows.pdf", "text/csv", 10, "extension_mismatch")]
    [InlineData("rows.csv", "text/csv", 0, "file_empty")]
    public async Task What_may_not_be_uploaded_is_refused_field_by_field(string name, string type, long size, string code)
    {
        var user = await NewUserAsync();

        var refused = (
            await user.PostAsync(
                "/api/uploads/presign",
                new
                {
                    fileName = name,
                    contentType = type,
                    fileSize = size,
                }
            )
        ).IsRefused(HttpStatusCode.UnprocessableEntity, "validation_failed");

        var error = Assert.Single(refused.Json["errors"]!.AsArray())!;
        Assert.Equal(code, error["code"]!.GetValue<string>());
        Assert.NotEmpty(error["field"]!.GetValue<string>());
        Assert.NotEmpty(error["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_as_that()
    {
        var user = await NewUserAsync();

        (
            await user.PostAsync(
                "/api/uploads/presign",
                new
                {
                    fileName = "a.csv",
                    contentType = "text/csv",
                    fileSize = (100L << 20) + 1,
                }
            )
        ).IsRefused(HttpStatusCode.RequestEntityTooLarge, "file_too_large");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"fileSize\":\"ten\"}")]
    public async Task What_is_no_request_is_malformed(string body)
    {
        var user = await NewUserAsync();

        (
            await user.SendAsync(HttpMethod.Post, "/api/uploads/presign", new StringContent(body, Encoding.UTF8, "application/json"))
        ).IsRefused(HttpStatusCode.BadRequest, "malformed_request");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        var user = await NewUserAsync();
        var body = new StringContent($"{{\"fileName\":\"{new string('a', 100_000)}\"}}", Encoding.UTF8, "application/json");

        var refused = await user.SendAsync(HttpMethod.Post, "/api/uploads/presign", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.Status);
    }

    [Fact]
    public async Task What_never_arrived_cannot_be_registered()
    {
        var user = await NewUserAsync();
        var announced = (await user.PresignAsync(ApiUser.Rows())).Is(HttpStatusCode.OK);

        (await user.PostAsync("/api/documents", new { key = announced["key"] })).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "upload_missing"
        );
    }

    [Fact]
    public async Task What_arrived_other_than_announced_is_refused_by_the_store_or_named_difference_by_difference()
    {
        var user = await NewUserAsync();
        var content = ApiUser.Rows();
        var announced = (await user.PresignAsync(content)).Is(HttpStatusCode.OK);
        var tampered = (byte[])content.Clone();
        tampered[^2] ^= 1;

        var put = await user.PutAsync(announced.Json, tampered);
        var registered = await user.PostAsync("/api/documents", new { key = announced["key"] });

        if ((int)put >= 400)
        {
            registered.IsRefused(HttpStatusCode.UnprocessableEntity, "upload_missing");
            return;
        }

        var difference = Assert.Single(
            registered.IsRefused(HttpStatusCode.UnprocessableEntity, "upload_mismatch").Json["differences"]!.AsArray()
        )!;
        Assert.Equal("sha256", difference["field"]!.GetValue<string>());
        Assert.Equal(ApiUser.Sha256(content), difference["announced"]!.GetValue<string>());
    }

    [Fact]
    public async Task Content_that_is_not_its_type_is_refused()
    {
        var user = await NewUserAsync();
        var content = Encoding.UTF8.GetBytes($"MZ no pdf {Guid.NewGuid()}");
        var announced = (await user.PresignAsync(content, "a.pdf", "application/pdf")).Is(HttpStatusCode.OK);
        await user.PutAsync(announced.Json, content);

        var refused = (await user.PostAsync("/api/documents", new { key = announced["key"] })).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "validation_failed"
        );

        Assert.Equal("content_mismatch", refused.Json["errors"]![0]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Of_two_registrations_at_once_one_is_created_and_one_is_a_duplicate()
    {
        var user = await NewUserAsync();
        for (var round = 0; round < 5; round++)
        {
            var content = ApiUser.Rows();
            var announced = (await user.PresignAsync(content)).Is(HttpStatusCode.OK);
            await user.PutAsync(announced.Json, content);

            var answers = await Task.WhenAll(
                Enumerable.Range(0, 2).Select(_ => user.PostAsync("/api/documents", new { key = announced["key"] }))
            );

            var refused = Assert.Single(answers, answer => answer.Status != HttpStatusCode.Created);
            refused.IsRefused(HttpStatusCode.Conflict, "duplicate_document");
        }
    }

    [Fact]
    public async Task The_same_content_again_is_a_duplicate_for_its_user_only()
    {
        var user = await NewUserAsync();
        var content = ApiUser.Rows();
        await user.UploadAsync(content);

        var again = (await user.PresignAsync(content, hash: false)).Is(HttpStatusCode.OK);
        await user.PutAsync(again.Json, content);

        (await user.PostAsync("/api/documents", new { key = again["key"] })).IsRefused(HttpStatusCode.Conflict, "duplicate_document");
        await (await NewUserAsync()).UploadAsync(content);
    }

    [Fact]
    public async Task A_date_after_today_in_UTC_is_refused_and_the_message_names_the_date()
    {
        var user = await NewUserAsync();
        var content = ApiUser.Rows();
        var announced = (await user.PresignAsync(content)).Is(HttpStatusCode.OK);
        await user.PutAsync(announced.Json, content);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

        var refused = (
            await user.PostAsync("/api/documents", new { key = announced["key"], documentDate = $"{today.AddDays(2):yyyy-MM-dd}" })
        ).IsRefused(HttpStatusCode.UnprocessableEntity, "validation_failed");
        Assert.Contains($"{today:yyyy-MM-}", refused.Text, StringComparison.Ordinal);
        Assert.Contains("UTC", refused.Text, StringComparison.Ordinal);

        var registered = await user.PostAsync("/api/documents", new { key = announced["key"], documentDate = $"{today:yyyy-MM-dd}" });
        Assert.Equal($"{today:yyyy-MM-dd}", registered.Is(HttpStatusCode.Created).Json["documentDate"]!.GetValue<string>());
        Assert.Equal($"/api/documents/{registered["id"]}", registered.Message.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_key_that_was_never_given_is_not_found_and_so_is_anothers()
    {
        var user = await NewUserAsync();
        var announced = (await user.PresignAsync(ApiUser.Rows())).Is(HttpStatusCode.OK);
        var other = await NewUserAsync();

        (await other.PostAsync("/api/documents", new { key = announced["key"] })).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await user.PostAsync("/api/documents", new { key = "uploads/never/given.csv" })).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await user.PostAsync("/api/documents", new { })).IsRefused(HttpStatusCode.UnprocessableEntity, "validation_failed");
    }
}
