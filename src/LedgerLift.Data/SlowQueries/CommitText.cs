namespace LedgerLift.Data;

/// <summary>Whether a command's message is of a COMMIT. Pure.</summary>
internal static class CommitText
{
    internal static bool Is(IReadOnlyList<KeyValuePair<string, object?>> pairs)
    {
        if (CommandLogger.Value(pairs, "CommandText") is string command)
            return Is(command);
        return CommandLogger.Value(pairs, "BatchCommands") is string[] batch && Array.Exists(batch, Is);
    }

    internal static bool Is(string sql)
    {
        var text = sql.AsSpan().TrimStart();
        return text.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase) || text.StartsWith("END", StringComparison.OrdinalIgnoreCase);
    }
}
