using System.Text;
using Microsoft.Extensions.Options;

namespace LedgerLift.Storage;

/// <summary>Reports every fault of <see cref="FileSystemStorageOptions"/> at once; never the secret.</summary>
internal sealed class FileSystemStorageOptionsValidator : IValidateOptions<FileSystemStorageOptions>
{
    private const int MinKeyBytes = 32;
    private const long MinPartBytes = 64L * 1024;
    private const long MaxPartBytes = 5L * 1024 * 1024 * 1024;

    private static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, FileSystemStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.RootPath) || options.RootPath.Contains('\0', StringComparison.Ordinal))
            result.AddError("must be the path of a folder, but is empty or holds a NUL.", nameof(options.RootPath));
        if (!IsAddress(options.PublicBaseUrl))
            result.AddError(
                $"must be an absolute http or https address without query and fragment, but is '{options.PublicBaseUrl}'.",
                nameof(options.PublicBaseUrl)
            );
        if (options.SigningKey is { } key && Encoding.UTF8.GetByteCount(key) < MinKeyBytes)
            result.AddError($"must have {MinKeyBytes} bytes of UTF-8 or more, or be null.", nameof(options.SigningKey));
        CheckSizes(options, result);
        CheckTimes(options, result);
        return result.Build();
    }

    private static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url is { Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0 };

    private static void CheckSizes(FileSystemStorageOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.MaxObjectBytes < 1)
            result.AddError($"must be 1 or more, but is {options.MaxObjectBytes}.", nameof(options.MaxObjectBytes));
        if (options.PartSizeBytes is < MinPartBytes or > MaxPartBytes)
            result.AddError($"must be {MinPartBytes} to {MaxPartBytes}, but is {options.PartSizeBytes}.", nameof(options.PartSizeBytes));
    }

    private static void CheckTimes(FileSystemStorageOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.PresignExpiry < UploadRules.MinExpiry || options.PresignExpiry > UploadRules.MaxExpiry)
            result.AddError($"must be 1 second to 7 days, but is {options.PresignExpiry:c}.", nameof(options.PresignExpiry));
        if (options.IncompleteUploadAge < MinAge)
            result.AddError(
                $"must be 1 minute or more, or null, but is {options.IncompleteUploadAge:c}.",
                nameof(options.IncompleteUploadAge)
            );
        if (options.HealthCacheDuration < TimeSpan.Zero)
            result.AddError($"must be 0 or more, but is {options.HealthCacheDuration:c}.", nameof(options.HealthCacheDuration));
    }
}
