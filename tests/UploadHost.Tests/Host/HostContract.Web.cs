using System.Net;
using System.Text;
using LedgerLift.Auth;

namespace UploadHost.Tests;

public abstract partial class HostContract
{
    [Fact]
    public async Task A_signed_webhook_moves_a_document_and_only_once()
    {
        var user = await NewUserAsync();
        var broken = "%PDF-1.4\nbroken"u8.ToArray().Concat(Guid.NewGuid().ToByteArray()).ToArray();
        var id = Id(await user.UploadAsync(broken, "broken.pdf", "application/pdf"));
        await user.WaitForAsync(id, "failed");
        var body = $"{{\"documentId\":\"{id}\",\"status\":\"retrying\",\"message\":\"Repaired.\"}}";
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(provider: null);
        var signature = HmacSignature.Compute(Encoding.UTF8.GetBytes(HostFixture.HmacSecret), timestamp, Encoding.UTF8.GetBytes(body));

        var moved = (await WebhookAsync(body, timestamp, signature)).Is(HttpStatusCode.OK);

        Assert.Equal((id, "retrying"), (moved["documentId"], moved["status"]));
        (await WebhookAsync(body, timestamp, signature)).IsRefused(HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Fact]
    public async Task Every_bad_signature_is_answered_the_same()
    {
        var body = $"{{\"documentId\":\"{Guid.NewGuid()}\",\"status\":\"retrying\"}}";
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var secret = Encoding.UTF8.GetBytes(HostFixture.HmacSecret);
        string Sign(long time) => HmacSignature.Compute(secret, time.ToString(provider: null), Encoding.UTF8.GetBytes(body));

        Answered[] answers =
        [
            await WebhookAsync(body, timestamp: null, Sign(now)),
            await WebhookAsync(body, $"{now}", signature: null),
            await WebhookAsync(body, $"{now}", "00"),
            await WebhookAsync(body, $"{now}", new string('0', 64)),
            await WebhookAsync(body + " ", $"{now}", Sign(now)),
            await WebhookAsync(body, $"{now - 400}", Sign(now - 400)),
            await WebhookAsync(body, $"{now + 400}", Sign(now + 400)),
        ];

        foreach (var answer in answers)
        {
            answer.IsRefused(HttpStatusCode.Unauthorized, "invalid_signature");
            Assert.Equal(Shape(answers[0]), Shape(answer));
        }
    }

    [Fact]
    public async Task A_webhook_about_nothing_or_against_the_table_is_refused()
    {
        var user = await NewUserAsync();
        var id = Id(await user.UploadAsync(ApiUser.Rows()));
        await user.WaitForAsync(id, "completed");

        (await SignedAsync($"{{\"documentId\":\"{id}\",\"status\":\"processing\"}}")).IsRefused(
            HttpStatusCode.Conflict,
            "illegal_transition"
        );
        (await SignedAsync($"{{\"documentId\":\"{Guid.NewGuid()}\",\"status\":\"failed\"}}")).IsRefused(
            HttpStatusCode.NotFound,
            "not_found"
        );
        (await SignedAsync($"{{\"documentId\":\"{id}\",\"status\":\"lost\"}}")).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "validation_failed"
        );
        (await SignedAsync("{")).IsRefused(HttpStatusCode.BadRequest, "malformed_request");
    }

    [Fact]
    public async Task Health_names_every_component_and_readiness_and_liveness_are_ok()
    {
        var health = (await Anonymous.GetAsync("/health")).Is(HttpStatusCode.OK).Json;

        Assert.Contains(health["status"]!.GetValue<string>(), (string[])["healthy", "degraded"]);
        Assert.NotNull(health["issues"]);
        foreach (var component in (string[])["database", "s3", "system"])
        {
            Assert.NotNull(health["components"]![component]!["status"]);
            (await Anonymous.GetAsync($"/health/{component}")).Is(HttpStatusCode.OK);
        }

        var redis = await Anonymous.GetAsync("/health/redis");
        Assert.Equal(fixture.AdminKey is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, redis.Status);
        (await Anonymous.GetAsync("/readiness")).Is(HttpStatusCode.OK);
        (await Anonymous.GetAsync("/liveness")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_page_the_description_and_the_headers_of_every_answer_are_there()
    {
        var page = (await Anonymous.GetAsync("/")).Is(HttpStatusCode.OK);
        Assert.Equal("text/html", page.Message.Content.Headers.ContentType?.MediaType);
        var settings = (await Anonymous.GetAsync("/settings.json")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(fixture.AdminKey is not null, settings["signIn"]!.GetValue<bool>());
        var description = (await Anonymous.GetAsync("/openapi.json")).Is(HttpStatusCode.OK).Json;
        Assert.NotNull(description["paths"]!["/api/uploads/presign"]);

        foreach (var path in (string[])["/", "/no/such/path", "/api/documents", "/liveness"])
        {
            var answer = await Anonymous.SendAsync(
                HttpMethod.Get,
                path,
                body: null,
                request => request.Headers.Add("X-Request-ID", "given-by-client.1")
            );
            Assert.Equal("given-by-client.1", answer.Message.Headers.GetValues("X-Request-ID").Single());
            Assert.Equal("nosniff", answer.Message.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.StartsWith(
                "default-src 'none'",
                answer.Message.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
        }

        (await Anonymous.GetAsync("/no/such/path")).IsRefused(HttpStatusCode.NotFound, "not_found");
        var bad = await Anonymous.SendAsync(
            HttpMethod.Get,
            "/liveness",
            body: null,
            request => request.Headers.Add("X-Request-ID", "<script>")
        );
        Assert.DoesNotContain("<", bad.Message.Headers.GetValues("X-Request-ID").Single(), StringComparison.Ordinal);
    }

    private Task<Answered> SignedAsync(string body)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(provider: null);
        return WebhookAsync(
            body,
            timestamp,
            HmacSignature.Compute(Encoding.UTF8.GetBytes(HostFixture.HmacSecret), timestamp, Encoding.UTF8.GetBytes(body))
        );
    }

    private Task<Answered> WebhookAsync(string body, string? timestamp, string? signature) =>
        Anonymous.SendAsync(
            HttpMethod.Post,
            "/webhooks/documents",
            new StringContent(body, Encoding.UTF8, "application/json"),
            request =>
            {
                if (timestamp is not null)
                    request.Headers.Add("X-Timestamp", timestamp);
                if (signature is not null)
                    request.Headers.Add("X-Signature", signature);
            }
        );

    // Everything of an answer that its request did not bring along.
    private static string Shape(Answered answer)
    {
        var json = answer.Json.AsObject();
        json.Remove("requestId");
        json.Remove("timestamp");
        return $"{answer.Status} {json.ToJsonString()}";
    }
}
