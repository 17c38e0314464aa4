using System.Globalization;
using System.Text;

namespace LedgerLift.ArchitectureTests;

/// <summary>Writes a constant, a default or an attribute argument as C# does, the same under every culture.</summary>
internal static class ValueText
{
    public static string Of(object? value, Type type, TypeText types)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => type is { IsValueType: true } && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
            _ when target.IsEnum => OfEnum(value, target, types),
            string text => Quoted(text),
            char one => one == '\'' ? @"'\''" : $"'{Escaped(one)}'",
            bool flag => flag ? "true" : "false",
            Type named => $"typeof({types.Of(named)})",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException($"A constant of type {value.GetType()} is not written yet."),
        };
    }

    private static string OfEnum(object value, Type type, TypeText types)
    {
        var member = Enum.ToObject(type, value);
        var names = member.ToString()!;
        return char.IsAsciiDigit(names[0]) || names[0] == '-'
            ? $"({types.Of(type)}){names}"
            : string.Join(" | ", names.Split(", ").Select(name => $"{types.Of(type)}.{name}"));
    }

    private static string Quoted(string text) =>
        text.Aggregate(new StringBuilder("\""), (quoted, one) => quoted.Append(Escaped(one))).Append('"').ToString();

    private static string Escaped(char one) =>
        one switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            < ' ' or > '~' => $"\\u{(int)one:x4}",
            _ => one.ToString(),
        };
}
