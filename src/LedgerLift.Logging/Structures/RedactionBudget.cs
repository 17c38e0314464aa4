namespace LedgerLift.Logging;

/// <summary>What one value may cost, however its parts refer to each other: so many objects and lists, so many characters.</summary>
internal sealed class RedactionBudget
{
    private const int NodesAnItem = 10;
    private const int MaxCharacters = 262_144;

    private int _nodes;
    private int _characters = MaxCharacters;

    private RedactionBudget(int nodes) => _nodes = nodes;

    /// <summary>A new budget for a host that keeps so many items of a list.</summary>
    public static RedactionBudget For(int maxItems) => new(maxItems * NodesAnItem);

    /// <summary>Takes an object or a list out of it; false when it is used up.</summary>
    public bool TakeNode() => --_nodes >= 0;

    /// <summary>Takes a text out of it; false when it is used up.</summary>
    public bool TakeText(int length)
    {
        _characters -= Math.Min(length, Math.Max(0, _characters) + 1);
        return _characters >= 0;
    }
}
