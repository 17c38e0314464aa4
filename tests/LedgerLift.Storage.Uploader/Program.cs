using LedgerLift.Storage;

// Uploads one file with a checkpoint in a folder: a process that the campaign kills and starts again.
// arguments: service-url region bucket access-key key file checkpoint-folder; the secret key comes on the standard input, where no list of processes shows it.
if (args is not [var serviceUrl, var region, var bucket, var accessKey, var key, var file, var folder])
{
    await Console.Error.WriteLineAsync("usage: uploader SERVICE_URL REGION BUCKET ACCESS_KEY KEY FILE CHECKPOINT_FOLDER < SECRET_KEY");
    return 2;
}

var options = new StorageOptions
{
    Provider = ObjectStoreProvider.S3Compatible,
    ServiceUrl = serviceUrl,
    Region = region,
    Bucket = bucket,
    AccessKey = accessKey,
    SecretKey = await Console.In.ReadLineAsync(),
    PartSizeBytes = 5 * 1024 * 1024,
    MultipartThresholdBytes = 5 * 1024 * 1024,
    Concurrency = 4,
};
using var store = new S3ObjectStore(options);
await using var content = File.OpenRead(file);
var settings = new UploadSettings
{
    CreateOnly = true,
    Checkpoints = new FileUploadCheckpointStore(folder),
    SourceIdentity = $"{Path.GetFileName(file)}|{content.Length}|{File.GetLastWriteTimeUtc(file).Ticks}",
};
var stored = await store.UploadAsync(ObjectKey.Parse(key), content, settings);
Console.WriteLine(stored.Sha256Hex);
return 0;
