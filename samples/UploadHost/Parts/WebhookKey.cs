using System.Security.Cryptography;
using System.Text;
using LedgerLift.Auth;

namespace UploadHost;

/// <summary>The key that webhooks are signed with.</summary>
internal static class WebhookKey
{
    /// <summary>The one that was set; with embedded parts and none set, one that nobody knows, so that nothing is let in.</summary>
    public static HmacKey Of(HostOptions options) =>
        new(
            "host",
            options.HmacSecret is { Length: > 0 } secret
                ? Encoding.UTF8.GetBytes(secret)
                : RandomNumberGenerator.GetBytes(HostOptions.ShortestSecret)
        );
}
