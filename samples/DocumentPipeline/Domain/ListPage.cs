namespace DocumentPipeline;

/// <summary>A page of a list.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="NextCursor">What to ask the next page with; null at the end.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>The page of a query that asked for one item more than fits: with it there is a next page.</summary>
    /// <param name="found">At most <paramref name="limit"/> + 1 items; the last of them is removed.</param>
    /// <param name="limit">How many fit.</param>
    /// <param name="cursorOf">The cursor behind an item.</param>
    internal static ListPage<T> Cut(List<T> found, int limit, Func<T, string> cursorOf)
    {
        if (found.Count <= limit)
            return new ListPage<T>(found, NextCursor: null);
        found.RemoveAt(limit);
        return new ListPage<T>(found, cursorOf(found[^1]));
    }
}
