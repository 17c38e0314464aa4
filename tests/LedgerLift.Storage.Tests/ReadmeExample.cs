using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.Storage.Tests;

/// <summary>The examples of the README; the first one is also run against the packed package.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ledgerlift-readme-").FullName;
        try
        {
            await RunAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder)
    {
        var pdf = "%PDF-1.7\n"u8.ToArray();
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(pdf));

        #region readme-storage
        var services = new ServiceCollection();
        services.AddLedgerLiftFileSystemStorage(options =>
        {
            options.RootPath = folder;
            options.PublicBaseUrl = "http://127.0.0.1:5080/objects";
        });
        await using var provider = services.BuildServiceProvider();
        var store = provider.GetRequiredService<FileSystemObjectStore>();

        // May it come? Every refusal has a code for programs and a sentence for people.
        var verdict = new UploadPolicy().Check("invoice.pdf", "application/pdf", pdf.Length);

        // One PUT of exactly this file: its length, type and hash are in the signature.
        var key = ObjectKey.ForUpload(verdict.SafeFileName!, TimeProvider.System.GetUtcNow(), Guid.NewGuid());
        var intent = new UploadIntent(key, pdf.Length, "application/pdf") { Sha256Hex = sha256 };
        var signed = await store.PresignPutAsync(intent);

        // The client sends it; a host answers with HandleSignedRequestAsync, an S3 server by itself.
        await using var answer = await store.HandleSignedRequestAsync(signed.Method, signed.Url, signed.Headers, new MemoryStream(pdf));

        // Did it arrive whole? If not: what differs.
        var confirmation = await store.ConfirmAsync(intent); // Matches: true
        #endregion

        if (answer.StatusCode != 200 || !confirmation.Matches)
            throw new InvalidOperationException("The README promises something else.");
        await UploadAsync(store, ObjectKey.Parse("reports/2026.pdf"), Write(folder, pdf), folder);
    }

    internal static void AddS3(IServiceCollection services)
    {
        #region readme-s3
        services.AddLedgerLiftStorage(options =>
        {
            options.Provider = ObjectStoreProvider.S3Compatible; // Aws needs no more than Bucket and Region
            options.ServiceUrl = "http://127.0.0.1:9000";
            options.PublicServiceUrl = "https://files.example.org"; // the host that browsers see
            options.Bucket = "documents";
            options.AccessKey = "access-key";
            options.SecretKey = "secret-key-from-your-vault";
        });
        #endregion
    }

    private static async Task UploadAsync(FileSystemObjectStore store, ObjectKey key, string file, string folder)
    {
        #region readme-checkpoint
        await using var content = File.OpenRead(file);
        var stored = await store.UploadAsync(
            key,
            content,
            new UploadSettings
            {
                ContentType = "application/pdf",
                CreateOnly = true,
                // Killed on the way? The next call with the same key and file goes on where this one stopped.
                Checkpoints = new FileUploadCheckpointStore(Path.Combine(folder, "checkpoints")),
            },
            new Progress<TransferProgress>(progress => Console.WriteLine($"{progress.BytesTransferred} of {progress.TotalBytes}"))
        );
        Console.WriteLine(stored.Sha256Hex);
        #endregion
    }

    private static string Write(string folder, byte[] content)
    {
        var path = Path.Combine(folder, "source.pdf");
        File.WriteAllBytes(path, content);
        return path;
    }
}
