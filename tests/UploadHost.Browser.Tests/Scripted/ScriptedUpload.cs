namespace UploadHost.Browser.Tests;

/// <summary>What the page asks leave to send.</summary>
internal sealed record ScriptedUpload(string FileName, string ContentType, long FileSize, string? Sha256, string? Md5);
