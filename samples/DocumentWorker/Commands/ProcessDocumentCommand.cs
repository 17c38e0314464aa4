using System.CommandLine;
using DocumentPipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DocumentWorkerProgram;

/// <summary><c>process-document ID</c>: works on one document now.</summary>
internal static class ProcessDocumentCommand
{
    public static Command Create(string[] args)
    {
        var command = new Command("process-document", "Work on one document now, whatever its place in the queue.");
        var id = new Argument<Guid>("id") { Description = "The document." };
        command.Arguments.Add(id);
        command.SetAction((parsed, token) => RunAsync(args, parsed.GetValue(id), token));
        return command;
    }

    private static async Task<int> RunAsync(string[] args, Guid id, CancellationToken cancellationToken)
    {
        using var host = WorkerHost.Create(args).Build();
        var queue = host.Services.GetRequiredService<IWorkQueue>();
        var options = host.Services.GetRequiredService<IOptions<WorkerOptions>>().Value;
        var item = await queue.TakeAsync(id, options.Lease, cancellationToken);
        await host.Services.GetRequiredService<DocumentProcessor>().ProcessAsync(item, cancellationToken);
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var document = await documents.FindAsync(item.Document.UserId, id, deletedToo: true, CancellationToken.None);
        await Console.Out.WriteLineAsync(
            $"{id} is {StatusNames.Of(document!.Status)}{(document.ErrorMessage is { } why ? $": {why}" : "")}"
        );
        return document.Status == DocumentStatus.Completed ? 0 : 2;
    }
}
