using System.Globalization;

namespace LedgerLift.Auditing.Postgres;

/// <summary>The SQL files of the package, filled in. Pure but for reading what is embedded.</summary>
internal static class SchemaScript
{
    private static readonly Lazy<string> Tables = new(static () => Load("audit.sql"));
    private static readonly Lazy<string> Grants = new(static () => Load("grants.sql"));

    /// <summary>The script for a schema and, when there is one, the role of the application.</summary>
    internal static string Generate(PostgresAuditingOptions options)
    {
        var script = Tables.Value;
        if (options.ApplicationRole is { } role)
            script += Grants.Value.Replace("{role}", role, StringComparison.Ordinal);
        return script.Replace("{schema}", options.Schema, StringComparison.Ordinal);
    }

    /// <summary>The call that makes the partitions of this month and those ahead.</summary>
    internal static string MakePartitions(PostgresAuditingOptions options, DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {options.Schema}.audit_make_partitions('{now.UtcDateTime:yyyy-MM-dd}'::timestamp AT TIME ZONE 'UTC', {options.MonthsAhead + 1})"
        );

    private static string Load(string file)
    {
        var name = $"{typeof(SchemaScript).Namespace}.Schema.{file}";
        using var stream =
            typeof(SchemaScript).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
