using Npgsql;

namespace LedgerLift.Auditing.Postgres;

/// <summary>Reads connection strings and says what is wrong with them, without repeating them.</summary>
internal static class ConnectionText
{
    /// <summary>The fault, as the end of a sentence that begins with the option's name; null when there is none.</summary>
    internal static string? FaultOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "must be given: an Npgsql connection string.";
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(text);
            return settings switch
            {
                { Host: null or "" } => "names no Host.",
                { Multiplexing: true } => "must not turn on Multiplexing.",
                { PersistSecurityInfo: true } => "must not turn on Persist Security Info.",
                _ => null,
            };
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException)
        {
            // The parser's message repeats a part of the text, which can be the password.
            return "cannot be read as an Npgsql connection string.";
        }
    }

    /// <summary>The trail's own pool: small, named, without the error details that repeat values.</summary>
    internal static NpgsqlConnectionStringBuilder ToNpgsql(string text, PostgresAuditingOptions options, int poolSize)
    {
        var settings = new NpgsqlConnectionStringBuilder(text)
        {
            ApplicationName = options.Name,
            Pooling = true,
            MinPoolSize = 0,
            MaxPoolSize = poolSize,
            Enlist = false,
            IncludeErrorDetail = false,
            CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds),
        };
        if (!settings.ShouldSerialize("GSS Encryption Mode"))
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        return settings;
    }
}
