using System.CommandLine;
using System.Globalization;
using DocumentPipeline;

namespace DocumentWorkerProgram;

/// <summary><c>process-file PATH</c>: shows what a worker would find in a file; needs no server.</summary>
internal static class ProcessFileCommand
{
    public static Command Create()
    {
        var command = new Command(
            "process-file",
            "Show what would be found in a file of this machine; needs no server and stores nothing."
        );
        var path = new Argument<FileInfo>("path") { Description = "A PDF or CSV file." }.AcceptExistingOnly();
        command.Arguments.Add(path);
        command.SetAction((parsed, token) => RunAsync(parsed.GetValue(path)!, token));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var reader = new DocumentReader(new ExtractionLimits());
        await using var content = file.OpenRead();
        var found = await reader.ReadAsync(Guid.Empty, TypeOf(file), sha256: null, content, cancellationToken);
        foreach (var artifact in found.Artifacts)
            await Console.Out.WriteLineAsync(Line(artifact));
        if (found.Note is { } note)
            await Console.Error.WriteLineAsync(note);
        await Console.Error.WriteLineAsync($"{found.Artifacts.Count} artifacts.");
        return 0;
    }

    private static string Line(Artifact artifact)
    {
        var box = artifact.Box is { } place
            ? string.Create(CultureInfo.InvariantCulture, $"{place.X:0.#},{place.Y:0.#} {place.Width:0.#}x{place.Height:0.#}")
            : "-";
        var confidence = artifact.Confidence?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-";
        return $"{artifact.Page}\t{artifact.Type}\t{box}\t{confidence}\t{artifact.Data?.GetRawText()}";
    }

    private static string TypeOf(FileInfo file) =>
        file.Extension.ToUpperInvariant() switch
        {
            ".PDF" => "application/pdf",
            ".CSV" => "text/csv",
            _ => "application/octet-stream",
        };
}
