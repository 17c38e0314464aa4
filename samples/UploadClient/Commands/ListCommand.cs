using System.CommandLine;

namespace UploadClient;

/// <summary><c>list</c>: prints all documents, newest first.</summary>
internal static class ListCommand
{
    public static Command Create(ClientSettings settings)
    {
        var command = new Command("list", "List your documents, newest first.");
        var status = new Option<string?>("--status") { Description = "Only those: uploaded, processing, completed, failed or retrying." };
        command.Options.Add(status);
        command.SetAction(
            async (parsed, token) =>
            {
                using var host = settings.Connect(parsed);
                await host.SignInAsync(token);
                var printer = new Printer(settings.IsJson(parsed));
                var filter = parsed.GetValue(status) is { } wanted ? $"&status={Uri.EscapeDataString(wanted)}" : "";
                string? cursor = null;
                do
                {
                    var after = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
                    var page = await host.GetAsync($"api/documents?limit=200{filter}{after}", ApiJson.Default.DocumentList, token);
                    foreach (var document in page.Items)
                        await printer.WriteAsync(document, ApiJson.Default.DocumentAnswer, Printer.Line);
                    cursor = page.NextCursor;
                } while (cursor is not null);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
