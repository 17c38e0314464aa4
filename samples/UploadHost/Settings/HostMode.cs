using System.Net;
using System.Net.Sockets;
using System.Text;
using DocumentPipeline;

namespace UploadHost;

/// <summary>Embedded parts, or real servers: all three or none, so that nobody runs half a system by mistake.</summary>
internal sealed record HostMode(bool IsEmbedded)
{
    private static readonly (string Name, string Option)[] Needed =
    [
        ("DATABASE_URL", "LedgerLift:Data:ConnectionString"),
        ("S3_BUCKET", "LedgerLift:Storage:Bucket"),
        ("REDIS_URL", "LedgerLift:Redis:Configuration"),
        ("HMAC_SECRET", "LedgerLift:Host:HmacSecret"),
    ];

    /// <summary>Reads the mode from what is set.</summary>
    /// <exception cref="SettingsException">Some servers are set and others are not, or a secret is too short.</exception>
    public static HostMode Decide(IConfiguration configuration)
    {
        var servers = Needed[..^1].Where(setting => IsSet(configuration, setting.Option)).ToList();
        var isEmbedded = servers.Count == 0;
        if (
            !isEmbedded
            && Needed.Where(setting => !IsSet(configuration, setting.Option)).Select(setting => setting.Name).ToList() is [_, ..] missing
        )
            throw new SettingsException(
                $"{servers[0].Name} is set, so the host runs on real servers and needs {string.Join(", ", missing)} too; see .env.example."
            );
        if (
            !isEmbedded
            && configuration["LedgerLift:Storage:Provider"] is not "Aws"
            && !IsSet(configuration, "LedgerLift:Storage:ServiceUrl")
        )
            throw new SettingsException("S3_ENDPOINT is missing; give the address of the store, or USE_AWS=true.");
        CheckSecret(configuration, "LedgerLift:Host:HmacSecret", "HMAC_SECRET");
        CheckSecret(configuration, "LedgerLift:Host:AdminKey", "LedgerLift__Host__AdminKey");
        return new HostMode(isEmbedded);
    }

    /// <summary>Refuses to offer the embedded parts, which anybody may take a token from, to other machines.</summary>
    /// <exception cref="SettingsException">An address is not of this machine alone.</exception>
    public void CheckAddresses(IEnumerable<string> urls)
    {
        if (!IsEmbedded)
            return;
        foreach (var url in urls)
        {
            var host = BindingAddress.Parse(url).Host;
            var isLocal =
                string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
            if (!isLocal)
                throw new SettingsException(
                    $"With embedded parts the host binds to this machine only; use http://127.0.0.1:PORT, not {url}."
                );
        }
    }

    /// <summary>Refuses server names that do not exist: a mistake, where a server that is down is not.</summary>
    /// <exception cref="SettingsException">A name cannot be resolved.</exception>
    public static async Task CheckNamesAsync(IEnumerable<(string Setting, string Host)> servers, CancellationToken cancellationToken)
    {
        foreach (var (setting, host) in servers)
        {
            try
            {
                await Dns.GetHostAddressesAsync(host, cancellationToken);
            }
            catch (SocketException)
            {
                throw new SettingsException($"The server of {setting} cannot be reached: nobody knows the name {host}.");
            }
        }
    }

    private static bool IsSet(IConfiguration configuration, string option) => !string.IsNullOrWhiteSpace(configuration[option]);

    private static void CheckSecret(IConfiguration configuration, string option, string name)
    {
        if (configuration[option] is { Length: > 0 } secret && Encoding.UTF8.GetByteCount(secret) < HostOptions.ShortestSecret)
            throw new SettingsException(
                $"{name} has {Encoding.UTF8.GetByteCount(secret)} bytes; give at least {HostOptions.ShortestSecret}."
            );
    }
}
