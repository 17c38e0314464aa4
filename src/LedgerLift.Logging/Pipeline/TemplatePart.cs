using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>A literal piece of a template, or a hole with its name, width and format.</summary>
internal sealed record TemplatePart(bool IsHole, string Text, int Width, string? Format)
{
    /// <summary>A literal piece.</summary>
    public static TemplatePart Literal(string text) => new(IsHole: false, text, Width: 0, Format: null);

    /// <summary>A hole: <c>name</c>, <c>name,width</c>, <c>name:format</c> or both.</summary>
    public static TemplatePart Hole(string content)
    {
        var nameEnd = content.AsSpan().IndexOfAny(',', ':');
        if (nameEnd < 0)
            return new TemplatePart(IsHole: true, content, Width: 0, Format: null);

        var colon = content.IndexOf(':', nameEnd);
        var widthEnd = colon < 0 ? content.Length : colon;
        var width =
            content[nameEnd] == ','
            && int.TryParse(
                content.AsSpan()[(nameEnd + 1)..widthEnd],
                NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite,
                CultureInfo.InvariantCulture,
                out var read
            )
                ? read
                : 0;
        return new TemplatePart(IsHole: true, content[..nameEnd], width, colon < 0 ? null : content[(colon + 1)..]);
    }
}
