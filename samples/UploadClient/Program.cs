using System.CommandLine;
using UploadClient;

var settings = new ClientSettings();
var root = new RootCommand("Uploads documents to an UploadHost and asks after them.");
settings.AddTo(root);
root.Subcommands.Add(TokenCommand.Create(settings));
root.Subcommands.Add(UploadCommand.Create(settings));
root.Subcommands.Add(ListCommand.Create(settings));
root.Subcommands.Add(ShowCommand.Create(settings));
root.Subcommands.Add(DeleteCommand.Create(settings));
root.Subcommands.Add(RevokeUserCommand.Create(settings));
root.Subcommands.Add(WebhookCommand.Create(settings));
try
{
    var parsed = root.Parse(args);
    var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
}
catch (Exception failure) when (ExitCodes.Of(failure) is { } code)
{
    await Console.Error.WriteLineAsync(ExitCodes.Explain(failure));
    return code;
}
