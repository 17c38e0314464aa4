namespace LedgerLift.Storage;

/// <summary>One way in which what arrived is not what was announced.</summary>
/// <param name="Field"><c>length</c>, <c>content_type</c>, <c>sha256</c>, <c>md5</c>, or <c>metadata.</c> and a name.</param>
/// <param name="Announced">What was announced.</param>
/// <param name="Found">What is there; empty when it is absent.</param>
public sealed record UploadDifference(string Field, string Announced, string Found);
