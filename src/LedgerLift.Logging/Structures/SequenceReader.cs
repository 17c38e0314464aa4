using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace LedgerLift.Logging;

/// <summary>Reads sequences and dictionaries: so many items, whatever the sequence would go on to give, and none twice.</summary>
internal sealed class SequenceReader(StructureWalk walk, StructureRedactor redactor, bool forLog)
{
    /// <summary>A list of the items, or a dictionary when they are keys with values.</summary>
    public object Read(object value, KeyPath? path, int depth)
    {
        if (value is ITuple tuple)
            return ReadTuple(tuple, path, depth);

        // What is not a collection makes its items when asked, perhaps others each time: it becomes a list.
        if (!TypePlan.Of(value).IsCollection)
            walk.Changed(0);

        var items = Take((IEnumerable)value, out var rest);
        return items.Count > 0 && items.TrueForAll(static item => item is not null && TypePlan.IsPair(item.GetType()))
            ? ToDictionary(items, rest, path, depth)
            : ToList(items, rest, path, depth);
    }

    /// <summary>A dictionary of the pairs.</summary>
    public object ReadPairs(IDictionary dictionary, KeyPath? path, int depth)
    {
        var items = Take(dictionary, out var rest);
        return ToDictionary(items, rest, path, depth);
    }

    /// <summary>A dictionary of one pair.</summary>
    public object ReadPair(object pair, KeyPath? path, int depth) => ToDictionary([pair], rest: 0, path, depth);

    private List<object?> ReadTuple(ITuple tuple, KeyPath? path, int depth)
    {
        var items = new List<object?>();
        for (var i = 0; i < Math.Min(tuple.Length, redactor.MaxItems); i++)
            items.Add(tuple[i]);

        return ToList(items, tuple.Length - items.Count, path, depth);
    }

    [SuppressMessage("Design", "CA1031", Justification = "An enumerator is a stranger's code; what came before it threw is kept.")]
    private List<object?> Take(IEnumerable sequence, out int rest)
    {
        var items = new List<object?>();
        rest = 0;
        try
        {
            foreach (var item in sequence)
            {
                if (items.Count == redactor.MaxItems || !walk.TakeValue())
                {
                    rest = sequence is ICollection collection ? collection.Count - items.Count : 1;
                    break;
                }

                items.Add(item);
            }
        }
        catch (Exception)
        {
            items.Add(walk.Changed(ValueText.Unreadable));
        }

        return items;
    }

    private List<object?> ToList(List<object?> items, int rest, KeyPath? path, int depth)
    {
        var list = forLog ? new LoggedList() : new List<object?>(items.Count);
        foreach (var item in items)
            list.Add(walk.Visit(item, path, depth + 1));

        if (rest > 0)
            list.Add(walk.Changed(Truncation.Items(rest)));

        return list;
    }

    private Dictionary<string, object?> ToDictionary(List<object?> items, int rest, KeyPath? path, int depth)
    {
        var result = forLog ? new LoggedDictionary() : new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var (key, value) = PairParts.Of(item);
            var name = key as string ?? (key is null ? "" : ValueText.Of(key));
            var label = Free(result, walk.Label(name));
            result[label] = walk.VisitMember(name, value, path, depth);
        }

        if (rest > 0)
            result[Truncation.Name] = walk.Changed(Truncation.Items(rest));

        return result;
    }

    // Keys that look the same once they are hidden or written as text are numbered.
    private static string Free(Dictionary<string, object?> result, string label)
    {
        var (free, number) = (label, 1);
        while (result.ContainsKey(free))
            free = string.Create(CultureInfo.InvariantCulture, $"{label}#{++number}");

        return free;
    }
}
