namespace LedgerLift.Logging;

/// <summary>Redacts objects by what they consist of. Immutable and thread-safe.</summary>
internal sealed class StructureRedactor(KeyMatcher keys, MaskWriter masks, TextRedactor text, PiiRedactionOptions options)
{
    /// <summary>Which keys are sensitive.</summary>
    public KeyMatcher Keys => keys;

    /// <summary>What is written instead.</summary>
    public MaskWriter Masks => masks;

    /// <summary>The redactor of texts.</summary>
    public TextRedactor Text => text;

    /// <summary>How deep values are followed.</summary>
    public int MaxDepth { get; } = options.MaxDepth;

    /// <summary>How many items are kept.</summary>
    public int MaxItems { get; } = options.MaxItems;

    /// <summary>Whether values are searched.</summary>
    public bool DetectsValues { get; } = options.DetectValues;

    /// <summary>The value as plain data, without what must not be shown.</summary>
    public object? Redact(object? value) => new StructureWalk(this, forLog: false).Visit(value, path: null, depth: 0);

    /// <summary>The value as a provider may have it: the same object when nothing in it must be hidden.</summary>
    public object? RedactForLog(object? value, KeyPath? path = null)
    {
        if (value is null || TypePlan.Of(value).Shape is TypeShape.Scalar)
            return value;

        var walk = new StructureWalk(this, forLog: true);
        var redacted = walk.Visit(value, path, depth: 0);
        return walk.IsChanged ? redacted : value;
    }

    /// <summary>Whether a value under this key must not be shown.</summary>
    public bool IsSensitiveKey(ReadOnlySpan<char> key, KeyPath? path = null) => keys.IsSensitive(key, path);

    /// <summary>What is written for a value under a sensitive key.</summary>
    public string Hide(object? value) => masks.Write(RedactionKind.Key, ValueText.OfHidden(value));
}
