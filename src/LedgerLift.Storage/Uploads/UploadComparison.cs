using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>Compares what was announced with what is there. Pure.</summary>
internal static class UploadComparison
{
    /// <summary>Compares everything; a hash is compared when it was announced and <paramref name="found"/> or the arguments tell it.</summary>
    /// <param name="intent">What was announced.</param>
    /// <param name="found">What is there.</param>
    /// <param name="sha256Hex">The content's SHA-256 as it was trusted or computed; null when it was not asked for.</param>
    /// <param name="md5Hex">The content's MD5, likewise.</param>
    internal static UploadConfirmation Compare(UploadIntent intent, StoredObject found, string? sha256Hex, string? md5Hex)
    {
        var differences = new List<UploadDifference>();
        if (found.Length != intent.Length)
            differences.Add(new UploadDifference("length", Text(intent.Length), Text(found.Length)));
        if (!string.Equals(intent.ContentType, found.ContentType, StringComparison.OrdinalIgnoreCase))
            differences.Add(new UploadDifference("content_type", intent.ContentType, found.ContentType ?? ""));
        AddHash(differences, "sha256", intent.Sha256Hex, sha256Hex);
        AddHash(differences, "md5", intent.Md5Hex, md5Hex);
        foreach (var (name, value) in intent.Metadata)
            if (!found.Metadata.TryGetValue(name, out var there) || !string.Equals(value, there, StringComparison.Ordinal))
                differences.Add(new UploadDifference($"metadata.{name}", value, found.Metadata.GetValueOrDefault(name, "")));
        return new UploadConfirmation(differences.Count == 0, found, differences);
    }

    /// <summary>Whether the content must be read: a hash was announced, and the length does not already tell that it is another.</summary>
    internal static bool NeedsHash(UploadIntent intent, StoredObject found) =>
        found.Length == intent.Length && (intent.Sha256Hex is not null || intent.Md5Hex is not null);

    private static void AddHash(List<UploadDifference> differences, string field, string? announced, string? found)
    {
        if (announced is not null && found is not null && !string.Equals(announced, found, StringComparison.Ordinal))
            differences.Add(new UploadDifference(field, announced, found));
    }

    private static string Text(long length) => length.ToString(CultureInfo.InvariantCulture);
}
