using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace LedgerLift.Auditing.Contract;

/// <summary>JSON values of all kinds, as text: big integers, exponents, -0.0, escapes, deep nesting, null beside missing.</summary>
internal static class JsonTexts
{
    private static readonly string[] s_numbers =
    [
        "0",
        "-0",
        "-0.0",
        "0.0",
        "1.0",
        "1e0",
        "1E+2",
        "1.50",
        "1e-7",
        "1e21",
        "1e400",
        "-1E-400",
        "5e-324",
        "1.7976931348623157e308",
        "9007199254740993",
        "123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
        "333333333.33333329",
        "100000000000000000000000000000000000000000000000001",
    ];

    /// <summary>Any value, up to the given depth.</summary>
    public static Gen<string> Any(int depth = 4) =>
        depth == 0 ? Scalar : Gen.Frequency((3, Scalar), (2, Array(depth - 1)), (3, Object(depth - 1)));

    /// <summary>One value inside as many arrays and objects as given.</summary>
    public static string Nested(int depth)
    {
        var text = new StringBuilder("1");
        for (var i = 0; i < depth; i++)
            text = i % 2 == 0 ? text.Insert(0, '[').Append(']') : text.Insert(0, "{\"a\":").Append('}');
        return text.ToString();
    }

    private static Gen<string> Scalar =>
        Gen.OneOf(
            Gen.Elements("true", "false", "null"),
            Number,
            Gen.OneOf(Gen.Elements(HostileTexts.All.ToArray()), Gen.Constant("\0")).Select(Quote)
        );

    private static Gen<string> Number =>
        Gen.OneOf(
            Gen.Elements(s_numbers),
            Gen.Choose(int.MinValue, int.MaxValue).Select(value => value.ToString(CultureInfo.InvariantCulture)),
            from whole in Gen.Choose(-99_999, 99_999)
            from fraction in Gen.Choose(0, 9999)
            from exponent in Gen.Choose(-30, 30)
            select string.Create(CultureInfo.InvariantCulture, $"{whole}.{fraction}e{exponent}")
        );

    private static Gen<string> Array(int depth) =>
        from count in Gen.Choose(0, 4)
        from items in Gen.ArrayOf(Any(depth), count)
        select $"[{string.Join(',', items)}]";

    private static Gen<string> Object(int depth) =>
        from count in Gen.Choose(0, 4)
        from names in Gen.ArrayOf(Gen.OneOf(Gen.Elements("a", "b", "A", ""), Gen.Elements(HostileTexts.All.ToArray())), count)
        from values in Gen.ArrayOf(Any(depth), count)
        select $"{{{string.Join(',', names.Zip(values).DistinctBy(pair => pair.First).Select(pair => Quote(pair.First) + ":" + pair.Second))}}}";

    // Half of the texts escaped as far as JSON allows, half as little.
    private static string Quote(string text) =>
        text.Length % 2 == 0
            ? JsonSerializer.Serialize(text, JsonEncoding.Strict)
            : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
