using System.CommandLine;
using System.Net.Http.Json;
using System.Text;
using LedgerLift.Auth;

namespace UploadClient;

/// <summary><c>webhook ID STATUS</c>: reports a document's status as another system would, signed.</summary>
internal static class WebhookCommand
{
    public static Command Create(ClientSettings settings)
    {
        var command = new Command("webhook", "Report a status to the host's webhook, signed with the secret that both know.");
        var id = new Argument<Guid>("id") { Description = "The document." };
        var status = new Argument<string>("status") { Description = "The status it reached." };
        var message = new Option<string?>("--message") { Description = "What else to say." };
        var secret = new Option<string?>("--secret")
        {
            Description = "The secret, at least 32 bytes. Default HMAC_SECRET.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HMAC_SECRET"),
        };
        command.Arguments.Add(id);
        command.Arguments.Add(status);
        command.Options.Add(message);
        command.Options.Add(secret);
        command.SetAction(
            async (parsed, token) =>
            {
                using var host = settings.Connect(parsed);
                var report = new WebhookRequest(parsed.GetValue(id).ToString(), parsed.GetValue(status)!, parsed.GetValue(message));
                var answer = await SendAsync(host.Host, report, parsed.GetValue(secret), token);
                await new Printer(settings.IsJson(parsed)).WriteAsync(
                    answer,
                    ApiJson.Default.WebhookAnswer,
                    moved => $"{moved.DocumentId} is {moved.Status}"
                );
                return ExitCodes.Done;
            }
        );
        return command;
    }

    private static HmacSigningHandler SigningHandler(string secret)
    {
        try
        {
            return new HmacSigningHandler(new HmacSignatureOptions { Keys = { new HmacKey("client", Encoding.UTF8.GetBytes(secret)) } })
            {
                InnerHandler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) },
            };
        }
        catch (ArgumentException unusable)
        {
            // A well-known sample, for one.
            throw new UsageException($"The webhook secret cannot be used. {unusable.Message}");
        }
    }

    private static async Task<WebhookAnswer> SendAsync(Uri host, WebhookRequest report, string? secret, CancellationToken cancellationToken)
    {
        if (secret is null || Encoding.UTF8.GetByteCount(secret) < 32)
            throw new UsageException("Give the webhook secret, at least 32 bytes, by HMAC_SECRET or --secret.");
        using var signing = SigningHandler(secret);
        using var http = new HttpClient(signing) { BaseAddress = host, Timeout = TimeSpan.FromSeconds(30) };
        using var answer = await http.PostAsync(
            new Uri("webhooks/documents", UriKind.Relative),
            JsonContent.Create(report, ApiJson.Default.WebhookRequest),
            cancellationToken
        );
        if (!answer.IsSuccessStatusCode)
            throw await HostRefusedException.ReadAsync(answer, cancellationToken);
        return await answer.Content.ReadFromJsonAsync(ApiJson.Default.WebhookAnswer, cancellationToken)
            ?? throw new HttpRequestException("The host answered with nothing.");
    }
}
