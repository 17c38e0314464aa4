using System.Security.Cryptography;
using System.Text;
using LedgerLift.Auditing;
using LedgerLift.Auditing.Postgres;
using LedgerLift.Data;
using LedgerLift.Logging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DocumentPipeline;

/// <summary>The audit trail of the pipeline in PostgreSQL.</summary>
public static class AuditingServiceCollectionExtensions
{
    /// <summary>Registers the trail: in the database of the documents, with the request's id, its details redacted.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section <c>LedgerLift</c>.</param>
    /// <param name="seals">Whether this program seals the trail; hosts do, workers only write.</param>
    public static IServiceCollection AddPipelineAuditing(this IServiceCollection services, IConfigurationSection section, bool seals)
    {
        var redactor = new PiiRedactor();
        services.AddLedgerLiftAuditing(auditing =>
        {
            auditing.RequestId = () => RequestContext.RequestId;
            auditing.RedactDetails = redactor.Redact;
        });
        // In front of the sealing, which needs the tables.
        if (seals)
            services.AddHostedService<TrailSchemaStart>();
        return services.AddLedgerLiftPostgresAuditing(auditing =>
        {
            if (section["Data:ConnectionString"] is { Length: > 0 } database)
                auditing.ConnectionString = PostgresConnectionString.ToNpgsql(database);
            auditing.SigningKey = Derive(section["Host:HmacSecret"]);
            section.GetSection("Auditing").Bind(auditing);
            if (!seals)
                auditing.SealInterval = null;
        });
    }

    // One secret is enough to begin with; a key of its own (LedgerLift__Auditing__SigningKey) stands above it.
    private static string? Derive(string? secret) =>
        string.IsNullOrEmpty(secret)
            ? null
            : Convert.ToBase64String(
                HKDF.DeriveKey(
                    HashAlgorithmName.SHA256,
                    Encoding.UTF8.GetBytes(secret),
                    outputLength: 32,
                    info: "ledgerlift audit checkpoints"u8.ToArray()
                )
            );
}
