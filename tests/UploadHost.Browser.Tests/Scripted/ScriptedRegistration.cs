namespace UploadHost.Browser.Tests;

/// <summary>The body of <c>POST /api/documents</c>.</summary>
internal sealed record ScriptedRegistration(string Key, string? DocumentDate);
