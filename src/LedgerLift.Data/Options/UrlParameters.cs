using System.Collections.Frozen;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>The parameters of a URL, by the names of libpq, in the words of Npgsql; any other name is taken as Npgsql's own.</summary>
internal static class UrlParameters
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["sslmode"] = "SSL Mode",
        ["ssl"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["target_session_attrs"] = "Target Session Attributes",
        ["load_balance_hosts"] = "Load Balance Hosts",
        ["gssencmode"] = "GSS Encryption Mode",
        ["channel_binding"] = "Channel Binding",
        ["client_encoding"] = "Client Encoding",
        ["search_path"] = "Search Path",
        ["passfile"] = "Passfile",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    internal static void Apply(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        var keyword = Names.GetValueOrDefault(name, name);
        settings[keyword] = keyword switch
        {
            "SSL Mode" => SslMode(value),
            "Target Session Attributes" or "GSS Encryption Mode" or "Channel Binding" => value.Replace("_", "-", StringComparison.Ordinal)
                is var text
            && keyword[0] != 'T'
                ? text.Replace("-", string.Empty, StringComparison.Ordinal)
                : text,
            "Load Balance Hosts" => value is "random" ? "true"
            : value is "disable" ? "false"
            : value,
            _ => value,
        };
    }

    /// <summary>The name, for a message, when it is one that everybody knows; an unknown one could be the end of a password.</summary>
    internal static string Shown(string name) => Names.ContainsKey(name) ? $" ({name})" : string.Empty;

    private static string SslMode(string value) =>
        value.ToUpperInvariant() switch
        {
            "VERIFY-CA" => "VerifyCA",
            "VERIFY-FULL" => "VerifyFull",
            "TRUE" => "Require",
            "FALSE" => "Disable",
            _ => value,
        };
}
