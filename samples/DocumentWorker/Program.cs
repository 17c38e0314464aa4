using System.CommandLine;
using DocumentPipeline;
using DocumentWorkerProgram;

// Without a PDF tool the worker starts itself once more to count the pages of a document.
if (PageCounter.IsAsked(args))
    return PageCounter.Run();

var root = new RootCommand("Works on uploaded documents: verifies them, reads what is in them, stores what it finds.");
var real = new Option<string?>("--real")
{
    Description = "Read settings from a file of KEY='value' lines; without a path, from artifacts/services/env.",
    Arity = ArgumentArity.ZeroOrOne,
    Recursive = true,
};
root.Options.Add(real);
root.Subcommands.Add(WorkCommand.Create(args));
root.Subcommands.Add(ProcessDocumentCommand.Create(args));
root.Subcommands.Add(ProcessFileCommand.Create());
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception fault) when (Fault.Explain(fault) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 1;
}
