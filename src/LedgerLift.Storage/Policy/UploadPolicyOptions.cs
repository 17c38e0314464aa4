namespace LedgerLift.Storage;

/// <summary>Which files are taken.</summary>
public sealed class UploadPolicyOptions
{
    /// <summary>
    /// The media types that are taken, each with its file endings without the dot. The default is <c>application/pdf</c>, <c>image/png</c>, <c>image/jpeg</c>,
    /// <c>image/tiff</c>, <c>text/csv</c> and Excel's <c>application/vnd.openxmlformats-officedocument.spreadsheetml.sheet</c>. At least one; each with at least one ending. Binding from configuration adds to what is there.
    /// </summary>
    public IDictionary<string, string[]> AllowedTypes { get; set; } =
        new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
        {
            ["application/pdf"] = ["pdf"],
            ["image/png"] = ["png"],
            ["image/jpeg"] = ["jpg", "jpeg"],
            ["image/tiff"] = ["tif", "tiff"],
            ["text/csv"] = ["csv"],
            ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ["xlsx"],
        };

    /// <summary>The largest file in bytes, inclusive; 1 or more. The default is 100 MiB.</summary>
    public long MaxBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>The longest file name in bytes of UTF-8, inclusive; 16 to 1024. The default is 255.</summary>
    public int MaxFileNameBytes { get; set; } = 255;
}
