namespace LedgerLift.Logging;

/// <summary>What <see cref="PiiRedactor"/> hides, and what it writes instead.</summary>
/// <remarks>Not thread-safe while it is being set up; a redactor reads it once, when it is made. Through a host, changed configuration makes a new redactor.</remarks>
public sealed class PiiRedactionOptions
{
    /// <summary>What stands in the place of a value that must not be shown: 1 to 64 characters, no quotes, no line breaks. The default is [REDACTED].</summary>
    public string Placeholder { get; set; } = "[REDACTED]";

    /// <summary>
    /// Names whose values must not be shown either, beside the built-in rules. A pattern is found anywhere in the letters of a name, in any spelling:
    /// <c>badge</c> also hides <c>employee_badgeNo</c>. With a dot or a star it is a path whose end is compared: <c>credit_card.code</c>, <c>headers.x-*</c>,
    /// <c>user.**.street</c>. A prefix asks for another comparison: <c>segment:vat</c> (a whole word of the name), <c>exact:…</c>, <c>contains:…</c>,
    /// <c>path:…</c>, <c>regex:…</c> (matched in linear time against the name as written, whatever its case). The default is empty.
    /// </summary>
    public ISet<string> AdditionalKeyPatterns { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Names whose values stay readable whatever any rule says, in any spelling: the whole name, or a pattern with a prefix as in
    /// <see cref="AdditionalKeyPatterns"/>. What is found in such a value by its form (an e-mail address, a card number) is hidden all the same. The
    /// default is empty.
    /// </summary>
    public ISet<string> AllowedKeys { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether texts are searched for e-mail addresses, cards, tokens and the other <see cref="RedactionKind"/>s. The default is true.</summary>
    public bool DetectValues { get; set; } = true;

    /// <summary>How many objects and lists deep a value is followed, 1 to 64; what lies deeper is hidden. The default is 10.</summary>
    public int MaxDepth { get; set; } = 10;

    /// <summary>How many items of a list or an object are kept, 1 to 10 000; the rest is counted only. The default is 100.</summary>
    public int MaxItems { get; set; } = 100;

    /// <summary>How many characters of a text are searched, 256 to 1 048 576; what comes behind is cut off, never shown unsearched. The default is 8192.</summary>
    public int MaxScanLength { get; set; } = 8192;

    /// <summary>What is written for everything that <see cref="Masks"/> does not name. The default is Fixed.</summary>
    public RedactionMask Mask { get; set; } = RedactionMask.Fixed;

    /// <summary>What is written for single kinds: the last four digits of a card, a pseudonym for an e-mail address. The default is empty.</summary>
    public IDictionary<RedactionKind, RedactionMask> Masks { get; set; } = new Dictionary<RedactionKind, RedactionMask>();

    /// <summary>The secret of <see cref="RedactionMask.Pseudonym"/>, at least 32 bytes in UTF-8. Null: pseudonyms cannot be used. The default is null.</summary>
    public string? PseudonymKey { get; set; }
}
