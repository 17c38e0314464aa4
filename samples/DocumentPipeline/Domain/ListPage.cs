namespace DocumentPipeline;

/// <summary>A page of a list.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="NextCursor">What to ask the next page with; null at the end.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? NextCursor);
