using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Auditing.Tests;

/// <summary>The first example of the README; also run against the packed package.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        #region readme-audit
        var services = new ServiceCollection();
        services.AddLedgerLiftAuditing(options =>
        {
            // The first rule that matches decides; what none matches is recorded in full.
            options.Rules.Add(
                new AuditPolicyRule
                {
                    Action = "*.read",
                    Level = AuditLevel.Metadata,
                    OnFailure = AuditFailureMode.ContinueAndSignal,
                }
            );
        });
        await using var provider = services.BuildServiceProvider();
        var audit = provider.GetRequiredService<IAuditLogger>();

        var entry = await audit.LogActionAsync(
            new AuditAction("document.upload", "document")
            {
                ResourceId = "uploads/2030/06/15/invoice.pdf",
                UserId = "user-1",
                Details = JsonElement.Parse("""{"bytes":1048576}"""),
            }
        );

        var page = await audit.QueryAsync(new AuditFilters { UserId = "user-1", Limit = 50 }); // newest first
        #endregion

        if (page.Entries.Count != 1 || page.Entries[0] != entry)
            throw new InvalidOperationException("The README promises something else.");
    }
}
