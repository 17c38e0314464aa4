using DocumentPipeline;
using LedgerLift.Auth;
using LedgerLift.Storage;

namespace UploadHost;

/// <summary>Everything inside this process: the store and the documents in a folder, tokens in memory, a worker.</summary>
internal static class EmbeddedParts
{
    public static PartList Add(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("LedgerLift:Host").Get<HostOptions>() ?? new HostOptions();
        var folder = DataFolder.Open(options.DataFolder);
        var address = HostBuilding.Urls(builder)[0].TrimEnd('/');
        // Where browsers send documents: the host itself, unless something stands between.
        var shown = builder.Configuration["LedgerLift:Storage:PublicServiceUrl"]?.TrimEnd('/') ?? address;
        builder.Services.AddLedgerLiftFileSystemStorage(storage =>
        {
            storage.RootPath = Path.Combine(folder, "objects");
            storage.PublicBaseUrl = shown + StoreEndpoint.Prefix;
        });
        builder.Services.AddFolderDocuments(folder);
        builder.Services.AddLedgerLiftAuth();
        builder.Services.AddDocumentProcessing().AddHostedService<DocumentWorker>();
        return new PartList(
            ["database", "s3", "redis", "worker"],
            IsOpen: true,
            StoreOrigin: shown == address ? null : shown,
            MultipartThresholdBytes: 16L << 20
        )
        {
            Folder = folder,
        };
    }
}
