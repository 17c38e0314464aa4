using System.CommandLine;
using System.Globalization;

namespace UploadClient;

/// <summary><c>revoke-user USER</c>: ends every token of a user.</summary>
internal static class RevokeUserCommand
{
    public static Command Create(ClientSettings settings)
    {
        var command = new Command("revoke-user", "End every token of a user: your own, or anybody's with the admin key.");
        var user = new Argument<string>("user") { Description = "The user." };
        command.Arguments.Add(user);
        command.SetAction(
            async (parsed, token) =>
            {
                using var host = settings.Connect(parsed);
                var path = $"api/users/{Uri.EscapeDataString(parsed.GetValue(user)!)}/tokens";
                var answer = await host.DeleteAsync(path, ApiJson.Default.RevokeAllAnswer, token);
                await new Printer(settings.IsJson(parsed)).WriteAsync(
                    answer,
                    ApiJson.Default.RevokeAllAnswer,
                    revoked => revoked.Revoked.ToString(CultureInfo.InvariantCulture)
                );
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
