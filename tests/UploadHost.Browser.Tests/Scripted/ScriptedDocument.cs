namespace UploadHost.Browser.Tests;

/// <summary>A document as the HTTP table shows it.</summary>
internal sealed record ScriptedDocument(
    string Id,
    string Key,
    string FileName,
    string ContentType,
    long FileSize,
    string? Sha256,
    string Status,
    string? ErrorMessage,
    string? DocumentDate,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);
