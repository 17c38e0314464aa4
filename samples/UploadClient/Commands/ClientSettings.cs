using System.CommandLine;

namespace UploadClient;

/// <summary>What every command can be told: which host, whose token, how to print.</summary>
internal sealed class ClientSettings
{
    private readonly Option<string> _host = new("--host")
    {
        Description = "Address of the host. Default UPLOAD_HOST, or http://127.0.0.1:5080.",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("UPLOAD_HOST") ?? "http://127.0.0.1:5080",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "Your token. Default UPLOAD_TOKEN; without one, the host is asked for one, which an embedded host gives.",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("UPLOAD_TOKEN"),
    };

    private readonly Option<string?> _adminKey = new("--admin-key")
    {
        Description = "The host's admin key, for token and revoke-user. Default UPLOAD_ADMIN_KEY.",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("UPLOAD_ADMIN_KEY"),
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, one object a line.", Recursive = true };

    public void AddTo(RootCommand root)
    {
        root.Options.Add(_host);
        root.Options.Add(_token);
        root.Options.Add(_adminKey);
        root.Options.Add(_json);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <exception cref="UsageException">The address is none.</exception>
    public HostClient Connect(ParseResult parsed) =>
        Uri.TryCreate(parsed.GetValue(_host), UriKind.Absolute, out var host) && host.Scheme is "http" or "https"
            ? new HostClient(host, parsed.GetValue(_token), parsed.GetValue(_adminKey))
            : throw new UsageException($"--host must be an address such as http://127.0.0.1:5080, not '{parsed.GetValue(_host)}'.");
}
