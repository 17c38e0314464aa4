namespace LedgerLift.Logging;

/// <summary>How a pattern is compared with a key.</summary>
internal enum KeyPatternKind
{
    /// <summary>The words of the pattern stand in the name, next to each other.</summary>
    Segment,

    /// <summary>The letters of the pattern stand in the name's letters.</summary>
    Contains,

    /// <summary>The letters are the same.</summary>
    Exact,

    /// <summary>The last keys of the path match, <c>*</c> for any letters and <c>**</c> for any keys.</summary>
    Path,

    /// <summary>The regular expression matches the key as it was written.</summary>
    Regex,
}
