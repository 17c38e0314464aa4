namespace LedgerLift.Storage.Tests;

/// <summary>Somebody who uploads, create-only, by way of the gateway.</summary>
internal interface ICampaignUploader : IDisposable
{
    string Name { get; }

    Task UploadAsync(string key, byte[] content, CancellationToken cancellationToken);
}
