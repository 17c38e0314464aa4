using System.Globalization;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>
/// Reads <c>postgres://user:password@host:port,host2/database?sslmode=require</c> as libpq does (PostgreSQL documentation, "Connection URIs"), with any
/// <c>+driver</c> after the scheme, as SQLAlchemy writes it.
/// </summary>
internal static class PostgresUrl
{
    private const string Separator = "://";

    internal static bool IsUrl(string text)
    {
        var scheme = text.AsSpan().TrimStart();
        var end = scheme.IndexOf(Separator, StringComparison.Ordinal);
        return end >= 0 && (scheme.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) || !scheme[..end].ContainsAny(" ;="));
    }

    internal static ConnectionText Parse(string url)
    {
        var end = url.IndexOf(Separator, StringComparison.Ordinal);
        var scheme = url[..end].Split('+', 2);
        if (scheme[0].ToUpperInvariant() is not ("POSTGRES" or "POSTGRESQL") || scheme is [_, ""])
            return ConnectionText.Wrong("is a URL of another kind than postgres://, postgresql:// or postgresql+driver://.");
        try
        {
            return new ConnectionText(Read(url[(end + Separator.Length)..]), null);
        }
        catch (UrlFaultException fault)
        {
            return ConnectionText.Wrong(fault.Message);
        }
    }

    private static NpgsqlConnectionStringBuilder Read(string rest)
    {
        if (rest.Contains('#', StringComparison.Ordinal))
            throw new UrlFaultException("is a URL with a #: write it as %23.");
        var settings = new NpgsqlConnectionStringBuilder();
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var (before, query) = question < 0 ? (rest, string.Empty) : (rest[..question], rest[(question + 1)..]);
        var slash = before.IndexOf('/', StringComparison.Ordinal);
        var (authority, database) = slash < 0 ? (before, string.Empty) : (before[..slash], before[(slash + 1)..]);
        var at = authority.LastIndexOf('@');
        if (at >= 0)
            ReadUser(settings, authority[..at]);
        if (authority[(at + 1)..] is { Length: > 0 } hosts)
            ReadHosts(settings, hosts);
        if (database.Length > 0)
            settings.Database = Decode(database);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
            ReadParameter(settings, pair);
        return settings;
    }

    private static void ReadUser(NpgsqlConnectionStringBuilder settings, string userInfo)
    {
        var parts = userInfo.Split(':', 2);
        if (parts[0].Length > 0)
            settings.Username = Decode(parts[0]);
        if (parts is [_, { Length: > 0 } password])
            settings.Password = Decode(password);
    }

    private static void ReadHosts(NpgsqlConnectionStringBuilder settings, string hosts)
    {
        var list = hosts.Split(',');
        if (list is [var only])
        {
            var (host, port) = SplitPort(only);
            settings.Host = host;
            if (port is { } number)
                settings.Port = number;
            return;
        }

        settings.Host = string.Join(',', list.Select(Written));

        static string Written(string entry)
        {
            var (host, port) = SplitPort(entry);
            var text = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
            return port is { } number ? string.Create(CultureInfo.InvariantCulture, $"{text}:{number}") : text;
        }
    }

    private static (string Host, int? Port) SplitPort(string entry)
    {
        // In [::1]:5432 the colons of the address stand before the bracket's end.
        var colon = entry.LastIndexOf(':');
        if (colon < 0 || colon < entry.LastIndexOf(']'))
            return (Decode(entry).Trim('[', ']'), null);
        var host = Decode(entry[..colon]).Trim('[', ']');
        if (colon == entry.Length - 1)
            return (host, null);
        return ushort.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? (host, port)
            : throw new UrlFaultException(
                "is a URL whose port is no number from 1 to 65535; is an @, / or : of the password written as %40, %2F, %3A?"
            );
    }

    private static void ReadParameter(NpgsqlConnectionStringBuilder settings, string pair)
    {
        var parts = pair.Split('=', 2);
        var name = Decode(parts[0]);
        var value = parts.Length == 2 ? Decode(parts[1]) : string.Empty;
        try
        {
            UrlParameters.Apply(settings, name, value);
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or OverflowException)
        {
            throw new UrlFaultException($"is a URL with a parameter that is not known or whose value is wrong{UrlParameters.Shown(name)}.");
        }
    }

    private static string Decode(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                throw new UrlFaultException("is a URL with a % that two hexadecimal digits do not follow: write % as %25.");
        }

        return Uri.UnescapeDataString(text);
    }
}
