using System.Globalization;
using System.Text;

namespace LedgerLift.Auditing.Tests;

public sealed class CanonicalJsonTests
{
    /// <summary>RFC 8785, appendix B: the bits of a double and how it is written.</summary>
    public static TheoryData<ulong, string> Doubles =>
        new()
        {
            { 0x0000000000000000, "0" },
            { 0x8000000000000000, "0" },
            { 0x0000000000000001, "5e-324" },
            { 0x8000000000000001, "-5e-324" },
            { 0x7fefffffffffffff, "1.7976931348623157e+308" },
            { 0xffefffffffffffff, "-1.7976931348623157e+308" },
            { 0x4340000000000000, "9007199254740992" },
            { 0xc340000000000000, "-9007199254740992" },
            { 0x4430000000000000, "295147905179352830000" },
            { 0x44b52d02c7e14af5, "9.999999999999997e+22" },
            { 0x44b52d02c7e14af6, "1e+23" },
            { 0x44b52d02c7e14af7, "1.0000000000000001e+23" },
            { 0x444b1ae4d6e2ef4e, "999999999999999700000" },
            { 0x444b1ae4d6e2ef4f, "999999999999999900000" },
            { 0x444b1ae4d6e2ef50, "1e+21" },
            { 0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7" },
            { 0x3eb0c6f7a0b5ed8d, "0.000001" },
            { 0x41b3de4355555553, "333333333.3333332" },
            { 0x41b3de4355555554, "333333333.33333325" },
            { 0x41b3de4355555555, "333333333.3333333" },
            { 0x41b3de4355555556, "333333333.3333334" },
            { 0x41b3de4355555557, "333333333.33333343" },
            { 0xbecbf647612f3696, "-0.0000033333333333333333" },
            { 0x43143ff3c1cb0959, "1424953923781206.2" },
        };

    [Theory]
    [MemberData(nameof(Doubles))]
    public void Doubles_are_written_as_in_the_appendix_of_the_rfc(ulong bits, string expected)
    {
        var value = BitConverter.UInt64BitsToDouble(bits);

        Assert.Equal(expected, Canonical(value.ToString("R", CultureInfo.InvariantCulture)));
        // With all 17 digits it is the same, but for whole numbers, whose digits are all kept.
        if (!double.IsInteger(value))
            Assert.Equal(expected, Canonical(value.ToString("E16", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_example_of_the_rfc_comes_out_as_in_the_rfc()
    {
        const string Input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;

        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            Canonical(Input)
        );
    }

    [Fact]
    public void Names_are_sorted_by_utf_16_code_units_as_in_the_rfc()
    {
        const string Input = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;

        Assert.Equal(
            [
                "Carriage Return",
                "One",
                "Control",
                "Latin Small Letter O With Diaeresis",
                "Euro Sign",
                "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh",
            ],
            Json.Parse(Canonical(Input)).EnumerateObject().Select(member => member.Value.GetString())
        );
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e999999999999999999999", "0")]
    [InlineData("1e0", "1")]
    [InlineData("100", "100")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("-12.50", "-12.5")]
    public void A_number_has_one_spelling(string number, string expected) => Assert.Equal(expected, Canonical(number));

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("12345678901234567891")]
    [InlineData("1.23456789012345678901234567890123456789e+38")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("1e+400")]
    [InlineData("1e-400")]
    [InlineData("1e+99999999999999999999")]
    public void What_a_double_cannot_hold_keeps_its_value(string number) => Assert.Equal(number, Canonical(number));

    [Fact]
    public void Strings_are_escaped_only_where_json_asks_for_it() =>
        Assert.Equal(
            "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u007f\u2028é😀\"",
            Canonical("\"\\u0000\\b\\t\\n\\u000B\\f\\r\\u001F \\u0022\\\\\\/\\u007f\\u2028\\u00e9\\ud83d\\ude00\"")
        );

    [Theory]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("[{\"b\":{\"x\":1,\"y\":2,\"x\":3}}]")]
    public void A_name_twice_in_one_object_is_refused(string json) =>
        Assert.Equal("value", Assert.Throws<ArgumentException>(() => Canonical(json)).ParamName);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("{\"\\ud83d\":1}")]
    public void Half_a_surrogate_pair_is_refused(string json) => Assert.Throws<ArgumentException>(() => Canonical(json));

    [Fact]
    public void What_is_undefined_is_refused() => Assert.Throws<ArgumentException>(() => CanonicalJson.Serialize(default));

    [Fact]
    public void Nesting_ends_at_256_levels()
    {
        var deepest = Contract.JsonTexts.Nested(256);

        Assert.Equal(deepest, Canonical(deepest));
        Assert.Throws<ArgumentException>(() => Canonical(Contract.JsonTexts.Nested(257)));
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Serialize(Json.Parse(json)));
}
