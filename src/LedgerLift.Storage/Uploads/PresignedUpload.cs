namespace LedgerLift.Storage;

/// <summary>A signed request that a client sends by itself.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Method"><c>PUT</c> or <c>POST</c>.</param>
/// <param name="Headers">Headers that the client must send exactly so; a browser sets <c>Content-Length</c> by itself from the body.</param>
/// <param name="Fields">For a form (<c>POST</c>): the fields in front of the part <c>file</c>, otherwise empty.</param>
/// <param name="ExpiresAt">Until when the store takes it, in UTC.</param>
public sealed record PresignedUpload(
    Uri Url,
    string Method,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Fields,
    DateTimeOffset ExpiresAt
);
