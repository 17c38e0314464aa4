namespace LedgerLift.Logging;

/// <summary>How the keys of dictionaries and JSON are shown: they are data too.</summary>
internal static class KeyLabel
{
    /// <summary>The key itself, or without what was found in it; only the beginning of an endless one.</summary>
    public static string Of(string key, TextRedactor text)
    {
        var redacted = text.Redact(key);
        return redacted.Length <= KeyName.MaxLength ? redacted : $"{redacted.AsSpan(0, TextCut.KeptLength(redacted, KeyName.MaxLength))}…";
    }
}
