using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Auditing.Postgres.Tests;

/// <summary>The first example of the README; also run against the packed package.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        #region readme-auditing-postgres
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLedgerLiftPostgresAuditing(options =>
        {
            options.ConnectionString = "Host=localhost;Database=app;Username=app;Password=app";
            options.SpillDirectory = "audit-spill";
            options.SigningKey = secret; // 32 random bytes in base64, or a P-256 key in PEM, from wherever your secrets are
        });
        await using var provider = services.BuildServiceProvider();
        var audit = provider.GetRequiredService<IAuditLogger>();
        #endregion

        if (audit is not PostgresAuditLogger || provider.GetRequiredService<IAuditVerifier>() is not PostgresAuditTrail)
            throw new InvalidOperationException("The README promises something else.");
    }
}
