using System.Buffers;
using System.Globalization;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>
/// What a file name may be. Strict: a name that one system takes for a path, a device, a stream or another name is refused, not repaired. Pure.
/// </summary>
internal static class FileNameRules
{
    private const string Field = "fileName";

    /// <summary>What Windows forbids beside separators and controls ("Naming Files, Paths, and Namespaces").</summary>
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"|?*");

    /// <summary>The name in composed form, or the fault.</summary>
    internal static (string? Safe, UploadFault? Fault) Check(string? fileName, int maxBytes)
    {
        if (string.IsNullOrWhiteSpace(fileName))
            return Invalid("The file has no name. Please give it one.");
        if (!HostileText.IsWellFormed(fileName))
            return Invalid("The file's name is damaged. Please rename the file.");
        // Before anything that takes longer with a longer name. Composing never makes a name more than three times as long.
        if (fileName.Length > maxBytes * 3)
            return TooLong(maxBytes);
        if (FindFault(fileName) is { } sentence)
            return Invalid(sentence);
        var safe = fileName.Normalize(NormalizationForm.FormC);
        return Encoding.UTF8.GetByteCount(safe) > maxBytes ? TooLong(maxBytes) : (safe, null);
    }

    /// <summary>What stands behind the last dot; empty when there is none.</summary>
    internal static string EndingOf(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[(dot + 1)..];
    }

    private static string? FindFault(string name)
    {
        if (HostileText.HasDirectionMark(name) || HostileText.HasInvisible(name))
            return "The file's name holds characters that cannot be seen. Please rename the file.";
        if (name.AsSpan().ContainsAny(Forbidden))
            return "The file's name may not hold any of < > : \" | ? *. Please rename the file.";
        foreach (var form in HostileText.Unfold(name))
        {
            if (HostileText.HasControl(form))
                return "The file's name holds characters that cannot be seen. Please rename the file.";
            if (form.AsSpan().ContainsAny('/', '\\'))
                return "The file's name may not hold a folder. Please give the name alone.";
            if (form[0] is '.' || form[^1] is '.' || char.IsWhiteSpace(form[0]) || char.IsWhiteSpace(form[^1]))
                return "The file's name may not begin or end with a dot or a space. Please rename the file.";
            if (DeviceNames.Contains(form))
                return "The file's name is reserved by some systems. Please rename the file.";
        }

        return null;
    }

    private static (string? Safe, UploadFault? Fault) Invalid(string sentence) =>
        (null, new UploadFault(Field, UploadFaultCodes.FileNameInvalid, sentence));

    private static (string? Safe, UploadFault? Fault) TooLong(int maxBytes) =>
        (
            null,
            new UploadFault(
                Field,
                UploadFaultCodes.FileNameTooLong,
                string.Create(CultureInfo.InvariantCulture, $"The file's name is too long. It may have at most {maxBytes} bytes.")
            )
        );
}
