using System.CommandLine;

namespace UploadClient;

/// <summary><c>delete ID</c>: deletes a document; its trail stays.</summary>
internal static class DeleteCommand
{
    public static Command Create(ClientSettings settings)
    {
        var command = new Command("delete", "Delete a document; its trail stays.");
        var id = new Argument<Guid>("id") { Description = "The document." };
        command.Arguments.Add(id);
        command.SetAction(
            async (parsed, token) =>
            {
                using var host = settings.Connect(parsed);
                await host.SignInAsync(token);
                await host.DeleteAsync($"api/documents/{parsed.GetValue(id)}", token);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
