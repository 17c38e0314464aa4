using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Auditing.Contract;

namespace LedgerLift.Auditing.Tests;

public sealed class CanonicalJsonProperties
{
    [Fact]
    public void The_canonical_form_is_its_own_canonical_form() =>
        Prop.ForAll(
                JsonTexts.Any().ToArbitrary(),
                json =>
                {
                    var once = Canonical(json);
                    return Canonical(once) == once;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Order_and_white_space_do_not_matter() =>
        Prop.ForAll(
                JsonTexts.Any().ToArbitrary(),
                JsonTexts.Any().ToArbitrary(),
                (one, other) => Canonical($"{{\"a\":{one},\"b\":{other}}}") == Canonical($" {{ \"b\" : {other} ,\n\"a\":{one}\t}} ")
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Any_double_reads_back_as_the_same_double() =>
        Prop.ForAll(
                ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite).ToArbitrary(),
                value =>
                {
                    var text = Canonical(value.ToString("R", CultureInfo.InvariantCulture));
                    return Bits(double.Parse(text, CultureInfo.InvariantCulture)) == Bits(value);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Any_whole_number_keeps_its_value() =>
        Prop.ForAll(
                Gen.Choose(0, 9)
                    .Select(digit => (char)('0' + digit))
                    .ArrayOf()
                    .Where(digits => digits.Length > 0)
                    .Select(digits => BigInteger.Parse(digits, CultureInfo.InvariantCulture))
                    .ToArbitrary(),
                value =>
                    BigInteger.Parse(
                        Canonical(value.ToString(CultureInfo.InvariantCulture)),
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture
                    ) == value
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    // Zero has one spelling whatever its sign.
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value + 0.0);

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Serialize(Json.Parse(json)));
}
