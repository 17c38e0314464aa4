using System.CommandLine;
using System.Globalization;

namespace UploadClient;

/// <summary><c>show ID</c>: a document and its trail.</summary>
internal static class ShowCommand
{
    public static Command Create(ClientSettings settings)
    {
        var command = new Command("show", "Show a document and its trail, newest first.");
        var id = new Argument<Guid>("id") { Description = "The document." };
        command.Arguments.Add(id);
        command.SetAction(
            async (parsed, token) =>
            {
                using var host = settings.Connect(parsed);
                await host.SignInAsync(token);
                var document = await host.GetAsync($"api/documents/{parsed.GetValue(id)}", ApiJson.Default.DocumentAnswer, token);
                var events = await host.GetAsync($"api/documents/{parsed.GetValue(id)}/events?limit=200", ApiJson.Default.EventList, token);
                var report = new DocumentReport(document, events.Items);
                await new Printer(settings.IsJson(parsed)).WriteAsync(report, ApiJson.Default.DocumentReport, Lines);
                return ExitCodes.Done;
            }
        );
        return command;
    }

    private static string Lines(DocumentReport report) =>
        string.Join(
            Environment.NewLine,
            report.Events.Select(Line).Prepend($"sha256 {report.Document.Sha256}").Prepend(Printer.Line(report.Document))
        );

    private static string Line(EventAnswer entry) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"  {entry.CreatedAt:yyyy-MM-dd HH:mm:ss.fff}Z  {entry.EventType, -24}  {Printer.Plain(entry.Message ?? "")}"
        );
}
