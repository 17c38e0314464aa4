using System.Net;
using System.Text;
using LedgerLift.Testing;

namespace UploadHost.Tests;

public sealed class RealHostTests(RealHostFixture fixture) : HostContract(fixture), IClassFixture<RealHostFixture>
{
    // What a reader that goes by the first bytes refuses: other types' signatures in front.
    private static readonly string[] NotTaken = ["html-first", "zip-first"];

    [Fact]
    public async Task Hostile_documents_end_with_a_reason_and_leave_the_worker_working()
    {
        var user = await NewUserAsync();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (trick, make) in HostilePdf.All)
        {
            if (await RegisterAsync(user, make(), trick) is { } id)
                ids[trick] = id;
        }

        Assert.Equal(HostilePdf.All.Keys.Except(NotTaken), ids.Keys);
        foreach (var (trick, id) in ids)
        {
            var document = await user.WaitForEndAsync(id);
            var why = document["errorMessage"]?.GetValue<string>();
            Assert.True(document["status"]!.GetValue<string>() == "completed" || why is { Length: > 0 }, $"{trick}: {document}");
            // By itself, not given up after tries that ended in some unexpected way.
            Assert.DoesNotContain("Given up", why ?? "", StringComparison.Ordinal);
            var events = (await user.GetAsync($"/api/documents/{id}/events")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
            Assert.Equal(3, events.Count);
        }

        var good = await user.UploadAsync(SamplePdf.Unique("Still here"), "good.pdf", "application/pdf");
        await user.WaitForAsync(Id(good), "completed");
        Assert.False(fixture.Worker.HasExited);
        await Poll.UntilAsync(() => fixture.Worker.Children().Count == 0, expected: "no parser that still runs");
        Assert.Empty(Directory.EnumerateFileSystemEntries(fixture.WorkerFolder));
    }

    [Fact]
    public async Task A_table_under_the_name_of_a_document_is_refused()
    {
        var user = await NewUserAsync();
        var content = Encoding.UTF8.GetBytes($"name,total\n{Guid.NewGuid()},1\n");
        var announced = (await user.PresignAsync(content, "rows.pdf", "application/pdf")).Is(HttpStatusCode.OK);
        await user.PutAsync(announced.Json, content);

        var refused = await user.PostAsync("/api/documents", new { key = announced["key"] });

        refused.IsRefused(HttpStatusCode.UnprocessableEntity, "validation_failed");
    }

    // Null: the host refused it for its first bytes.
    private static async Task<string?> RegisterAsync(ApiUser user, byte[] content, string trick)
    {
        var announced = (await user.PresignAsync(content, $"{trick}.pdf", "application/pdf")).Is(HttpStatusCode.OK);
        await user.PutAsync(announced.Json, content);
        var answer = await user.PostAsync("/api/documents", new { key = announced["key"] });
        if (answer.Status == HttpStatusCode.Created)
            return answer["id"];
        answer.IsRefused(HttpStatusCode.UnprocessableEntity, "validation_failed");
        return null;
    }
}
