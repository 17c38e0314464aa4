using UploadClient;

namespace UploadHost.Processes;

/// <summary>Uploads as samples/UploadClient does.</summary>
internal sealed class HardenedClient(Uri host, string token) : IStormClient
{
    private readonly HostClient _host = new(host, token, adminKey: null);
    private readonly StoreSender _sender = new();

    public async Task<Guid> UploadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var upload = new FileUpload(_host, _sender, new SavedUploads(_host.Host), resume: false, documentDate: null);
        return (await upload.SendAsync(file, _ => { }, cancellationToken)).Id;
    }

    public void Dispose()
    {
        _host.Dispose();
        _sender.Dispose();
    }
}
