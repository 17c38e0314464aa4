using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace LedgerLift.Data;

/// <summary>Reads a connection string in any of the accepted forms. A fault never repeats a part of the text: any part may be a secret's.</summary>
internal readonly record struct ConnectionText(NpgsqlConnectionStringBuilder? Settings, string? Fault)
{
    private const string Forms = "give Host=…;Username=…;Password=…;Database=…, or postgres://user:password@host:port/database";

    internal static ConnectionText Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Wrong($"is empty: {Forms}.");
        var parsed = PostgresUrl.IsUrl(text) ? PostgresUrl.Parse(text.Trim()) : ParsePairs(text);
        return parsed.Settings is { } settings ? Checked(settings) : parsed;
    }

    internal static ConnectionText Wrong(string fault) => new(null, fault);

    private static ConnectionText ParsePairs(string text)
    {
        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            // The inner message may quote what follows a secret's semicolon, so it goes no further.
            return Wrong($"cannot be read: {Forms}, with quotes around a value that holds a semicolon, a quote or an equals sign.");
        }

        var settings = new NpgsqlConnectionStringBuilder();
        var number = 0;
        foreach (string key in pairs.Keys)
        {
            number++;
            try
            {
                settings[key] = pairs[key];
            }
            catch (Exception refused)
                when (refused is ArgumentException or FormatException or OverflowException or InvalidCastException or NotSupportedException)
            {
                var position = number.ToString(CultureInfo.InvariantCulture);
                return Wrong(
                    $"has a setting that Npgsql does not know or whose value it does not take (number {position}); is a value with a semicolon quoted?"
                );
            }
        }

        return new ConnectionText(settings, null);
    }

    private static ConnectionText Checked(NpgsqlConnectionStringBuilder settings)
    {
        if (string.IsNullOrWhiteSpace(settings.Host))
            return Wrong($"names no host: {Forms}.");
        if (settings.Multiplexing)
            return Wrong("asks for Multiplexing, which sessions, transactions and slow-query detection do not work with: remove it.");
        return settings.PersistSecurityInfo
            ? Wrong("asks for Persist Security Info, which hands the password to logs and metrics: remove it.")
            : new ConnectionText(settings, null);
    }
}
