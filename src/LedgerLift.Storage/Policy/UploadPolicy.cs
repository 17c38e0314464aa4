using System.Collections.Frozen;
using System.Globalization;

namespace LedgerLift.Storage;

/// <summary>
/// Decides which files are taken: by name, type and size before the upload, and by the leading bytes when they are there. Pure: no I/O, no clock. Immutable and safe
/// to use from any thread.
/// </summary>
public sealed class UploadPolicy
{
    /// <summary>How many leading bytes are enough for <see cref="CheckContent"/>; of a shorter file, all.</summary>
    public const int HeadBytes = 4096;

    private readonly FrozenDictionary<string, FrozenSet<string>> _types;
    private readonly long _maxBytes;
    private readonly int _maxFileNameBytes;

    /// <summary>Makes a policy. Later changes of the options do not reach it.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The options have faults; the message names all of them.</exception>
    public UploadPolicy(UploadPolicyOptions? options = null)
    {
        options ??= new UploadPolicyOptions();
        OptionsGuard.ThrowIfInvalid(new UploadPolicyOptionsValidator(), options, nameof(options));
        _types = options
            .AllowedTypes.GroupBy(static type => MediaType.Parse(type.Key)!, StringComparer.Ordinal)
            .ToFrozenDictionary(
                static group => group.Key,
                static group => group.SelectMany(static type => type.Value).ToFrozenSet(StringComparer.OrdinalIgnoreCase),
                StringComparer.Ordinal
            );
        (_maxBytes, _maxFileNameBytes) = (options.MaxBytes, options.MaxFileNameBytes);
    }

    /// <summary>Judges an upload by what the client says about it.</summary>
    /// <param name="fileName">The file's name without a folder; null and blank are refused.</param>
    /// <param name="contentType">The media type; parameters do not matter. Null is refused.</param>
    /// <param name="length">The size in bytes.</param>
    /// <returns>The verdict with every fault; accepted, it has a file name that is safe to store and to show.</returns>
    public UploadVerdict Check(string? fileName, string? contentType, long length)
    {
        var faults = new List<UploadFault>();
        var (safeName, nameFault) = FileNameRules.Check(fileName, _maxFileNameBytes);
        if (nameFault is not null)
            faults.Add(nameFault);
        if (EndingsOf(contentType) is not { } endings)
            faults.Add(TypeNotAllowed());
        else if (safeName is not null && !endings.Contains(FileNameRules.EndingOf(safeName)))
            faults.Add(EndingMismatch(endings));
        if (length <= 0)
            faults.Add(new UploadFault("fileSize", UploadFaultCodes.FileEmpty, "The file is empty. Please choose a file with content."));
        else if (length > _maxBytes)
            faults.Add(TooLarge());
        return new UploadVerdict(faults.Count == 0, faults, faults.Count == 0 ? safeName : null);
    }

    /// <summary>
    /// Judges the leading bytes of a file against its declared type. PDF, PNG, JPEG, TIFF, CSV and XLSX are recognised; a type of one's own is refused only when the
    /// bytes are those of one of the others.
    /// </summary>
    /// <param name="head">The first <see cref="HeadBytes"/> bytes, or the whole file when it is shorter. Fewer bytes can only make the check weaker.</param>
    /// <param name="contentType">The declared media type; parameters do not matter.</param>
    /// <returns>The verdict; it has no file name.</returns>
    public UploadVerdict CheckContent(ReadOnlySpan<byte> head, string contentType)
    {
        if (EndingsOf(contentType) is null)
            return new UploadVerdict(Accepted: false, [TypeNotAllowed()], SafeFileName: null);
        return ContentSignature.Fits(head, MediaType.Parse(contentType)!)
            ? new UploadVerdict(Accepted: true, [], SafeFileName: null)
            : new UploadVerdict(Accepted: false, [NotThatContent()], SafeFileName: null);
    }

    private FrozenSet<string>? EndingsOf(string? contentType) =>
        MediaType.Parse(contentType) is { } type && _types.TryGetValue(type, out var endings) ? endings : null;

    private UploadFault TypeNotAllowed() =>
        new(
            "contentType",
            UploadFaultCodes.ContentTypeNotAllowed,
            $"Files of this type are not accepted. Accepted are: {List(_types.Values.SelectMany(static endings => endings))}."
        );

    private static UploadFault EndingMismatch(IEnumerable<string> endings) =>
        new(
            "fileName",
            UploadFaultCodes.ExtensionMismatch,
            $"The file's name does not fit its type. For this type it must end in {List(endings)}."
        );

    private static UploadFault NotThatContent() =>
        new(
            "content",
            UploadFaultCodes.ContentMismatch,
            "The file's content is not of the type that its name says. Please save it again in the right format."
        );

    private UploadFault TooLarge() =>
        new("fileSize", UploadFaultCodes.FileTooLarge, $"The file is too large. It may have at most {FileSize.ToText(_maxBytes)}.");

    private static string List(IEnumerable<string> endings) =>
        string.Join(
            ", ",
            endings.Order(StringComparer.Ordinal).Select(static ending => string.Create(CultureInfo.InvariantCulture, $".{ending}"))
        );
}
