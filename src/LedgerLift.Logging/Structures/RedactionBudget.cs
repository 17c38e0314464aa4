namespace LedgerLift.Logging;

/// <summary>What one value may cost, however its parts refer to each other: so many values, so many characters.</summary>
internal sealed class RedactionBudget
{
    private const int ValuesAnItem = 100;
    private const int MaxCharacters = 262_144;

    private int _values;
    private int _characters = MaxCharacters;

    private RedactionBudget(int values) => _values = values;

    /// <summary>A new budget for a host that keeps so many items of a list.</summary>
    public static RedactionBudget For(int maxItems) => new(maxItems * ValuesAnItem);

    /// <summary>Takes a value out of it; false when it is used up.</summary>
    public bool TakeValue() => --_values >= 0;

    /// <summary>Takes a text out of it; false when it is used up.</summary>
    public bool TakeText(int length)
    {
        _characters -= Math.Min(length, Math.Max(0, _characters) + 1);
        return _characters >= 0;
    }
}
