using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>
/// Hides credentials and personal data by the names of keys and by the form of values: one engine for log events, audit details, span attributes and
/// health output.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Time and memory are bounded whatever is given: long texts are cut, deep, wide and cyclic structures are followed only so
/// far. Nothing given is ever changed. Which rules there are, and what they cannot see, stands in docs/redaction.md.
/// </remarks>
public sealed class PiiRedactor
{
    private readonly KeyMatcher _keys;

    /// <summary>A redactor.</summary>
    /// <param name="options">What to hide; null: the defaults. Read once.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or a pattern cannot be read.</exception>
    public PiiRedactor(PiiRedactionOptions? options = null)
    {
        options ??= new PiiRedactionOptions();
        if (new PiiRedactionOptionsValidator().Validate(Options.DefaultName, options) is { Failed: true } result)
            throw new ArgumentException(result.FailureMessage, nameof(options));

        _keys = new KeyMatcher(options.AllowedKeys, options.AdditionalKeyPatterns);
        Masks = new MaskWriter(options);
        Text = new TextRedactor(_keys, Masks, options);
        Structures = new StructureRedactor(_keys, Masks, Text, options);
        Exceptions = new ExceptionRedactor(Text, Structures);
        Templates = new TemplateCache(this);
    }

    /// <summary>What is written instead of values.</summary>
    internal MaskWriter Masks { get; }

    /// <summary>The redactor of texts.</summary>
    internal TextRedactor Text { get; }

    /// <summary>The redactor of objects.</summary>
    internal StructureRedactor Structures { get; }

    /// <summary>The redactor of exceptions.</summary>
    internal ExceptionRedactor Exceptions { get; }

    /// <summary>What is known of the message templates seen so far.</summary>
    internal TemplateCache Templates { get; }

    /// <summary>Whether a value under this key must not be shown.</summary>
    /// <param name="key">A key in any spelling: camel, snake or kebab case, joined, with acronyms, full width. Empty is not sensitive; more than 256 characters are.</param>
    public bool IsSensitiveKey(ReadOnlySpan<char> key) => _keys.IsSensitive(key);

    /// <summary>The text without what must not be shown in it; the same object when nothing was found.</summary>
    /// <param name="text">Any text; a whole JSON document is read by its keys. Beyond <see cref="PiiRedactionOptions.MaxScanLength"/> it is cut, and the result says so.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public string RedactText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Text.Redact(text);
    }

    /// <summary>The element without what must not be shown in it; an equal one when nothing was found.</summary>
    /// <param name="value">Any element, also an undefined one.</param>
    public JsonElement Redact(JsonElement value) => Text.Json.Redact(value, path: null, depth: 0, out _);

    /// <summary>The value without what must not be shown in it, as plain data. What was given is not changed.</summary>
    /// <param name="value">Any value, also null.</param>
    /// <returns>
    /// For a dictionary a new <see cref="Dictionary{TKey, TValue}"/> of string and object, for a sequence a <see cref="List{T}"/> of object, for another
    /// object a dictionary of its public properties and fields, for bytes their number as a text; for a text what <see cref="RedactText"/> returns, for a number, a date and the
    /// like the value itself.
    /// </returns>
    public object? Redact(object? value) => Structures.Redact(value);
}
