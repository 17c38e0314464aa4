using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>
/// The name of an object, checked: 1 to 1024 bytes of well-formed UTF-8 in segments parted by <c>/</c>. No segment is empty, a dot segment (also written with
/// percent signs or in full-width forms), or holds a backslash or a control character. Compared ordinally; immutable and safe to use from any thread.
/// </summary>
/// <remarks>
/// The limit of 1024 bytes is S3's own ("Naming Amazon S3 objects"). Dot segments are refused because URL libraries and proxies fold them away, so that the
/// object that is written is not the object that was signed.
/// </remarks>
public readonly record struct ObjectKey
{
    /// <summary>The longest key in bytes of UTF-8, inclusive.</summary>
    public const int MaxBytes = 1024;

    private readonly string? _value;

    private ObjectKey(string value) => _value = value;

    /// <summary>The key as text.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(ObjectKey)</c>, which is no key.</exception>
    public string Value => _value ?? throw new InvalidOperationException("default(ObjectKey) is no key; make one with Parse or ForUpload.");

    /// <summary>Takes a text as a key.</summary>
    /// <param name="value">The text.</param>
    /// <returns>The key, its text unchanged.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="FormatException">The text is no key; the message says why.</exception>
    public static ObjectKey Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return ObjectKeyRules.FindFault(value) is { } fault
            ? throw new FormatException($"This is no object key: {fault}.")
            : new ObjectKey(value);
    }

    /// <summary>Takes a text as a key, if it is one.</summary>
    /// <param name="value">The text; null is no key.</param>
    /// <param name="key">The key, or <c>default</c>.</param>
    /// <returns>Whether the text is a key.</returns>
    public static bool TryParse(string? value, out ObjectKey key)
    {
        var isKey = value is not null && ObjectKeyRules.FindFault(value) is null;
        key = isKey ? new ObjectKey(value!) : default;
        return isKey;
    }

    /// <summary>
    /// The key of a new upload: <c>uploads/yyyy/MM/dd/id/name</c>, day in UTC. The name is the last part of the client's file name with everything but letters,
    /// digits, <c>.</c>, <c>-</c> and <c>_</c> of ASCII replaced, at most 100 characters, its extension kept; the id makes the key unique.
    /// </summary>
    /// <param name="fileName">The file's name as the client gave it, whatever it holds.</param>
    /// <param name="now">The instant whose day stands in the key.</param>
    /// <param name="id">What makes the key unique.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fileName"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty.</exception>
    public static ObjectKey ForUpload(string fileName, DateTimeOffset now, Guid id)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (id == Guid.Empty)
            throw new ArgumentException("Give an id that is not empty: it makes the key unique.", nameof(id));
        return new ObjectKey(
            string.Create(CultureInfo.InvariantCulture, $"uploads/{now.UtcDateTime:yyyy/MM/dd}/{id:N}/{KeyName.From(fileName)}")
        );
    }

    /// <summary>The key as text; empty for <c>default</c>.</summary>
    /// <returns>The key.</returns>
    public override string ToString() => _value ?? "";
}
