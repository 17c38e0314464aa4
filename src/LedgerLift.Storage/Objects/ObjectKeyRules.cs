using System.Globalization;
using System.Text;

namespace LedgerLift.Storage;

/// <summary>What a key may be. Pure.</summary>
internal static class ObjectKeyRules
{
    /// <summary>Why a text is no key, or null when it is one. Never repeats the text: it may be anything.</summary>
    internal static string? FindFault(string value)
    {
        if (value.Length == 0)
            return "it is empty";
        if (!HostileText.IsWellFormed(value))
            return "it is not well-formed Unicode";
        if (Encoding.UTF8.GetByteCount(value) > ObjectKey.MaxBytes)
            return string.Create(CultureInfo.InvariantCulture, $"it has more than {ObjectKey.MaxBytes} bytes");
        if (HostileText.HasControl(value))
            return "it holds a control character";
        if (value.Contains('\\', StringComparison.Ordinal))
            return "it holds a backslash";
        if (HasEmptySegment(value))
            return "it begins or ends with a slash, or has two in a row";
        return LeavesItsPlace(value) ? "it has a dot segment, or is a rooted path when it is decoded" : null;
    }

    private static bool HasEmptySegment(string value) =>
        value[0] == '/' || value[^1] == '/' || value.Contains("//", StringComparison.Ordinal);

    /// <summary>Looks also behind percent signs, full-width forms and backslashes that decoding brings forth: URL libraries fold those too.</summary>
    private static bool LeavesItsPlace(string value)
    {
        foreach (var form in HostileText.Unfold(value))
        {
            // Blanks at the ends do not count: URL libraries take them away, and so do some file systems.
            var path = form.AsSpan().Trim();
            // Decoded, it would be a path from the root, or another host.
            if (path.StartsWith('/') || path.StartsWith('\\'))
                return true;
            foreach (var segment in path.SplitAny('/', '\\'))
            {
                if (path[segment].Trim() is "." or "..")
                    return true;
            }
        }

        return false;
    }
}
