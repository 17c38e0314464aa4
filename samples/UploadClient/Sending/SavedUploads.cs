using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace UploadClient;

/// <summary>Remembers begun uploads between runs, in a folder of this user; told apart by host and file.</summary>
internal sealed class SavedUploads(Uri host)
{
    private readonly string _folder = Path.Combine(
        Environment.GetEnvironmentVariable("UPLOAD_STATE")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ledgerlift-upload-client")
    );

    /// <summary>The upload of this file that was begun and still counts; null when there is none.</summary>
    public SavedUpload? Find(FileInfo file, string sha256)
    {
        var path = PathOf(file);
        if (!File.Exists(path))
            return null;
        var saved = JsonSerializer.Deserialize(File.ReadAllText(path), ApiJson.Default.SavedUpload);
        // The file may have changed since.
        return saved is not null && saved.Sha256 == sha256 && saved.ExpiresAt > TimeProvider.System.GetUtcNow() ? saved : null;
    }

    public void Save(FileInfo file, SavedUpload upload)
    {
        Directory.CreateDirectory(_folder);
        var path = PathOf(file);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(upload, ApiJson.Default.SavedUpload));
        File.Move(path + ".new", path, overwrite: true);
    }

    public void Forget(FileInfo file)
    {
        // Most uploads were never saved, and the folder may not be there.
        if (File.Exists(PathOf(file)))
            File.Delete(PathOf(file));
    }

    private string PathOf(FileInfo file) =>
        Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{host}\n{file.FullName}"))) + ".json");
}
