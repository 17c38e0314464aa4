using System.Diagnostics;
using System.Security.Cryptography;
using LedgerLift.Testing;

namespace UploadHost.Browser.Tests;

/// <summary>Amazon's own command line, so that what the store holds is read by nobody of ours.</summary>
internal static class AwsCommandLine
{
    /// <summary>The hash of an object's content, lower-case hexadecimal.</summary>
    public static async Task<string> Sha256OfAsync(S3Fixture s3, string bucket, string key)
    {
        var program =
            Executables.Find("aws")
            ?? throw new ServerMissingException("aws is not on the PATH. Install it with `eng/services install tools`.");
        string[] arguments = ["--endpoint-url", s3.Endpoint.ToString(), "s3", "cp", "--quiet", $"s3://{bucket}/{key}", "-"];
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = s3.AccessKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = s3.SecretKey;
        start.Environment["AWS_DEFAULT_REGION"] = s3.Region;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEndAsync();
        var hash = await SHA256.HashDataAsync(process.StandardOutput.BaseStream);
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Convert.ToHexStringLower(hash)
            : throw new InvalidOperationException($"aws s3 cp ended with {process.ExitCode}: {await complaint}");
    }
}
