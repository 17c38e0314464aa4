using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;

namespace LedgerLift.Auth.Redis;

/// <summary>Reads how to reach a server: StackExchange.Redis's own form, or a URL.</summary>
internal static class RedisConfiguration
{
    private const int DefaultPort = 6379;

    // A connection whose other end vanished without a word is noticed by the silence after a keep-alive; the client's own minute is too long for us.
    private const int KeepAliveSeconds = 5;

    internal static bool TryParse(string text, [NotNullWhen(true)] out ConfigurationOptions? options, out string fault)
    {
        options = null;
        fault = "must name a server: host:port, or redis://host:port.";
        if (string.IsNullOrWhiteSpace(text))
            return false;
        try
        {
            options = IsUrl(text, out var url) ? FromUrl(url) : ConfigurationOptions.Parse(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            // The client's message quotes what it could not read, and that may be the password.
            fault =
                "cannot be read as a configuration of StackExchange.Redis or as a redis:// URL (a user name other than 'default' cannot be sent).";
            return false;
        }

        // A server that is down when the host starts is waited for, not refused.
        options.AbortOnConnectFail = false;
        if (options.KeepAlive <= 0)
            options.KeepAlive = KeepAliveSeconds;
        return options.EndPoints.Count > 0;
    }

    private static bool IsUrl(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "redis" or "rediss" && url.Host.Length > 0;

    // The form registered with IANA: redis://[[username]:password@]host[:port][/database].
    private static ConfigurationOptions FromUrl(Uri url)
    {
        var options = new ConfigurationOptions
        {
            EndPoints = { { url.Host, url.Port > 0 ? url.Port : DefaultPort } },
            Ssl = url.Scheme is "rediss",
        };
        var separator = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
        if (separator > 0 && url.UserInfo[..separator] is not "default")
            throw new FormatException("This client sends no user name.");
        if (url.UserInfo.Length > 0)
            options.Password = Uri.UnescapeDataString(url.UserInfo[(separator + 1)..]);
        var database = url.AbsolutePath.Trim('/');
        if (database.Length > 0)
            options.DefaultDatabase = int.Parse(database, System.Globalization.CultureInfo.InvariantCulture);
        return options;
    }
}
