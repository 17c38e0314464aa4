namespace LedgerLift.Storage.Tests;

/// <summary>A request as it arrived.</summary>
internal sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Which of the store's operations it is.</summary>
    public string Operation =>
        (Method, Target) switch
        {
            ("PUT", _) when Target.Contains("partNumber=", StringComparison.Ordinal) => "UploadPart",
            ("PUT", _) => "PutObject",
            ("POST", _) when Target.Contains("uploads", StringComparison.Ordinal) => "CreateMultipartUpload",
            ("POST", _) => "CompleteMultipartUpload",
            ("HEAD", _) => "HeadObject",
            ("DELETE", _) when Target.Contains("uploadId=", StringComparison.Ordinal) => "AbortMultipartUpload",
            ("DELETE", _) => "DeleteObject",
            ("GET", _) when Target.Contains("list-type=2", StringComparison.Ordinal) => "ListObjectsV2",
            ("GET", _) when Target.Contains("uploadId=", StringComparison.Ordinal) => "ListParts",
            ("GET", _) when Target.Contains("uploads", StringComparison.Ordinal) => "ListMultipartUploads",
            ("GET", _) => "GetObject",
            _ => "Unknown",
        };
}
