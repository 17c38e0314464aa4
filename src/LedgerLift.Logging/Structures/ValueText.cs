using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>The texts that strangers' objects give of themselves.</summary>
internal static class ValueText
{
    /// <summary>What is written for a value that could not be read.</summary>
    public const string Unreadable = "[UNREADABLE]";

    /// <summary>The value's own text; <see cref="Unreadable"/> when it throws.</summary>
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "ToString is a stranger's code; whatever it throws, the line is written without its value."
    )]
    public static string Of(object value)
    {
        try
        {
            return (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString()) ?? "";
        }
        catch (Exception)
        {
            return Unreadable;
        }
    }

    /// <summary>What a mask that shows a part of a value, or a pseudonym of it, works on: the text of a scalar, and nothing of anything bigger.</summary>
    public static string OfHidden(object? value) =>
        value switch
        {
            null => "",
            string text => text,
            _ when TypePlan.Of(value).Shape is TypeShape.Scalar or TypeShape.Number or TypeShape.Text => Of(value),
            _ => "",
        };
}
