using System.Net;
using System.Security.Cryptography;
using LedgerLift.Testing;

namespace UploadHost.Tests;

public abstract partial class HostContract
{
    [Fact]
    public async Task A_large_file_is_sent_in_parts_that_can_be_asked_after()
    {
        var user = await NewUserAsync();
        var content = SamplePdf.Unique("Large").Concat(RandomNumberGenerator.GetBytes(18 << 20)).ToArray();
        var created = (
            await user.PostAsync(
                "/api/uploads/multipart",
                new
                {
                    fileName = "large.pdf",
                    contentType = "application/pdf",
                    fileSize = content.Length,
                    sha256 = ApiUser.Sha256(content),
                }
            )
        ).Is(HttpStatusCode.Created);
        var path = $"/api/uploads/multipart/{Uri.EscapeDataString(created["uploadId"])}";
        var size = created.Json["partSize"]!.GetValue<long>();
        var count = created.Json["partCount"]!.GetValue<int>();
        Assert.Equal((content.Length + size - 1) / size, count);

        for (var number = count; number >= 1; number--)
        {
            var part = (await user.PostAsync($"{path}/parts/{number}")).Is(HttpStatusCode.OK);
            var slice = content.Skip((int)((number - 1) * size)).Take((int)size).ToArray();
            Assert.True((int)await user.PutAsync(part.Json, slice) is 200 or 201 or 204);
            var listed = (await user.GetAsync(path)).Is(HttpStatusCode.OK).Json["parts"]!.AsArray();
            Assert.Equal(count - number + 1, listed.Count);
        }

        (await user.PostAsync($"{path}/complete")).Is(HttpStatusCode.OK);
        (await user.PostAsync($"{path}/complete")).Is(HttpStatusCode.OK);
        var document = (await user.PostAsync("/api/documents", new { key = created["key"] })).Is(HttpStatusCode.Created);
        Assert.Equal(ApiUser.Sha256(content), document["sha256"]);
        (await user.GetAsync(path)).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task An_upload_in_parts_can_be_given_up()
    {
        var user = await NewUserAsync();
        var other = await NewUserAsync();
        var created = await BeginPartsAsync(user);
        var path = $"/api/uploads/multipart/{Uri.EscapeDataString(created["uploadId"])}";

        (await other.GetAsync(path)).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await other.DeleteAsync(path)).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await user.PostAsync($"{path}/parts/99")).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await user.PostAsync($"{path}/complete")).IsRefused(HttpStatusCode.UnprocessableEntity, "upload_missing");
        (await user.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await user.GetAsync(path)).IsRefused(HttpStatusCode.NotFound, "not_found");
        (await user.PostAsync("/api/documents", new { key = created["key"] })).IsRefused(HttpStatusCode.NotFound, "not_found");
    }

    private static async Task<Answered> BeginPartsAsync(ApiUser user) =>
        (
            await user.PostAsync(
                "/api/uploads/multipart",
                new
                {
                    fileName = "large.csv",
                    contentType = "text/csv",
                    fileSize = 20 << 20,
                }
            )
        ).Is(HttpStatusCode.Created);
}
