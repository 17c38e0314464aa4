using System.Collections;

namespace LedgerLift.Logging;

/// <summary>The key and the value of a pair of any types.</summary>
internal static class PairParts
{
    /// <summary>Key and value; what is no pair has neither, and counts as a value under no name.</summary>
    public static (object? Key, object? Value) Of(object? item) =>
        item switch
        {
            DictionaryEntry entry => (entry.Key, entry.Value),
            KeyValuePair<string, object?> pair => (pair.Key, pair.Value),
            KeyValuePair<string, string?> pair => (pair.Key, pair.Value),
            not null when TypePlan.IsPair(item.GetType()) => OfMembers(item),
            _ => (null, item),
        };

    private static (object? Key, object? Value) OfMembers(object pair)
    {
        object? key = null;
        object? value = null;
        foreach (var member in TypePlan.Of(pair).Members)
        {
            if (member.TryRead(pair, out var read) && member.Name is "Key")
                key = read;
            else if (member.Name is "Value")
                value = read;
        }

        return (key, value);
    }
}
