namespace LedgerLift.Logging;

/// <summary>How a value is written into a message.</summary>
internal static class MessageValue
{
    private const string Null = "(null)";

    /// <summary>The text of a redacted value.</summary>
    public static string Of(object? value) => value is null ? Null : value as string ?? ValueText.Of(value);
}
