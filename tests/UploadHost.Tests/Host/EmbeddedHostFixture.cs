using LedgerLift.Testing;

namespace UploadHost.Tests;

/// <summary>A host with embedded parts, its data in a folder of its own.</summary>
public sealed class EmbeddedHostFixture : HostFixture
{
    private readonly TemporaryFolder _folder = new();

    public override string? AdminKey => null;

    public override async ValueTask InitializeAsync() =>
        await StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["LedgerLift__Host__DataFolder"] = _folder.Path,
                ["LedgerLift__Host__PresignsPerMinute"] = "600",
                ["LedgerLift__Host__AdminCallsPerMinute"] = "6000",
                ["HMAC_SECRET"] = HmacSecret,
            }
        );

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
