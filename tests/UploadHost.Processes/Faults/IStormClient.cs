namespace UploadHost.Processes;

/// <summary>Uploads a file, its own way.</summary>
internal interface IStormClient : IDisposable
{
    /// <summary>Uploads and registers the file.</summary>
    /// <returns>The document's id.</returns>
    Task<Guid> UploadAsync(FileInfo file, CancellationToken cancellationToken);
}
