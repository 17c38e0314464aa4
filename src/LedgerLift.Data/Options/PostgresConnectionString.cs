namespace LedgerLift.Data;

/// <summary>Connection strings in one form, for libraries beside this one that know Npgsql's only. Thread-safe.</summary>
public static class PostgresConnectionString
{
    /// <summary>Gives Npgsql's form of a connection string.</summary>
    /// <param name="text">Npgsql's form, or a URL: <c>postgres://</c>, <c>postgresql://</c> or <c>postgresql+driver://</c>.</param>
    /// <returns>The same settings as <c>Host=…;Username=…</c>. It holds the password, if there is one.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> is blank or malformed; the message says how, without a secret.</exception>
    public static string ToNpgsql(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var (settings, fault) = ConnectionText.Parse(text);
        return settings?.ConnectionString ?? throw new ArgumentException($"The connection string {fault}", nameof(text));
    }
}
