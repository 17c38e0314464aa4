using System.CommandLine;

namespace UploadClient;

/// <summary><c>upload FILE…</c>: uploads and registers files, several at once.</summary>
internal static class UploadCommand
{
    public static Command Create(ClientSettings settings)
    {
        var command = new Command("upload", "Upload files and register them as documents.");
        var files = new Argument<FileInfo[]>("file")
        {
            Description = "Files to upload.",
            Arity = ArgumentArity.OneOrMore,
        }.AcceptExistingOnly();
        var resume = new Option<bool>("--resume") { Description = "Go on with uploads that were cut off, where they stopped." };
        var date = new Option<string?>("--document-date") { Description = "The date on the documents, YYYY-MM-DD." };
        var parallel = new Option<int>("--parallel") { Description = "Files at once, 1 to 16. Default 2.", DefaultValueFactory = _ => 2 };
        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= 16))
                result.AddError("--parallel must be 1 to 16.");
        });
        command.Arguments.Add(files);
        command.Options.Add(resume);
        command.Options.Add(date);
        command.Options.Add(parallel);
        command.SetAction(
            async (parsed, token) =>
            {
                using var host = settings.Connect(parsed);
                using var sender = new StoreSender();
                await host.SignInAsync(token);
                var upload = new FileUpload(host, sender, new SavedUploads(host.Host), parsed.GetValue(resume), parsed.GetValue(date));
                var printer = new Printer(settings.IsJson(parsed));
                return await RunAsync(upload, parsed.GetValue(files)!, printer, parsed.GetValue(parallel), token);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        FileUpload upload,
        FileInfo[] files,
        Printer printer,
        int parallel,
        CancellationToken cancellationToken
    )
    {
        var reports = new System.Collections.Concurrent.ConcurrentBag<(UploadReport Report, int Code)>();
        var quiet = printer.IsJson || Console.IsErrorRedirected;
        await UploadBars.RunAsync(
            files,
            quiet,
            async (file, progress) => reports.Add(await TryAsync(upload, file, progress, cancellationToken)),
            parallel,
            cancellationToken
        );
        foreach (var (report, _) in reports.OrderBy(report => Array.FindIndex(files, file => file.Name == report.Report.File)))
            await printer.WriteAsync(report, ApiJson.Default.UploadReport, Line);
        return reports.Max(report => report.Code);
    }

    private static async Task<(UploadReport, int)> TryAsync(
        FileUpload upload,
        FileInfo file,
        Action<long> progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var document = await upload.SendAsync(file, progress, cancellationToken);
            return (new UploadReport(file.Name, Uploaded: true, document, Error: null), ExitCodes.Done);
        }
        catch (Exception failure) when (ExitCodes.Of(failure) is { } code && code != ExitCodes.Stopped)
        {
            // One file's failure is not the others'.
            return (new UploadReport(file.Name, Uploaded: false, Document: null, ExitCodes.Explain(failure)), code);
        }
    }

    private static string Line(UploadReport report) =>
        report.Document is { } document ? Printer.Line(document) : $"{Printer.Plain(report.File)}: {Printer.Plain(report.Error ?? "")}";
}
