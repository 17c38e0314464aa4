namespace LedgerLift.Storage;

/// <summary>One reason why an upload is refused.</summary>
/// <param name="Field"><c>fileName</c>, <c>contentType</c>, <c>fileSize</c> or <c>content</c>.</param>
/// <param name="Code">A stable word for programs, one of <see cref="UploadFaultCodes"/>.</param>
/// <param name="Message">A sentence for the person who uploads; never repeats what they sent.</param>
public sealed record UploadFault(string Field, string Code, string Message);
