using System.CommandLine;

namespace UploadClient;

/// <summary><c>token USER</c>: takes a token, as an administrator.</summary>
internal static class TokenCommand
{
    public static Command Create(ClientSettings settings)
    {
        var command = new Command("token", "Take a token for a user and print it.");
        var user = new Argument<string>("user") { Description = "The user." };
        command.Arguments.Add(user);
        command.SetAction(
            async (parsed, token) =>
            {
                using var host = settings.Connect(parsed);
                var answer = await host.IssueTokenAsync(parsed.GetValue(user)!, token);
                await new Printer(settings.IsJson(parsed)).WriteAsync(answer, ApiJson.Default.TokenAnswer, issued => issued.Jti);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
