using System.Globalization;
using System.Numerics;

namespace LedgerLift.Auditing;

/// <summary>A decimal number taken apart: ±0.Digits × 10^Exponent, the digits without zeros at either end; no digits for zero.</summary>
internal readonly record struct DecimalParts(bool IsNegative, string Digits, BigInteger Exponent)
{
    /// <summary>Whether there is nothing behind the point.</summary>
    internal bool IsWhole => Exponent >= Digits.Length;

    /// <summary>Takes a JSON number, or a double in the invariant culture, apart. Its exponent may be of any size.</summary>
    internal static DecimalParts Parse(string token)
    {
        var negative = token[0] == '-';
        var rest = token.AsSpan(negative ? 1 : 0);
        var exponent = BigInteger.Zero;
        if (rest.IndexOfAny('e', 'E') is >= 0 and var e)
        {
            exponent = BigInteger.Parse(rest[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            rest = rest[..e];
        }

        var point = rest.IndexOf('.');
        var whole = point < 0 ? rest : rest[..point];
        var all = point < 0 ? whole.ToString() : string.Concat(whole, rest[(point + 1)..]);
        var digits = all.TrimStart('0');
        exponent += whole.Length - (all.Length - digits.Length);
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? new DecimalParts(IsNegative: false, "", 0) : new DecimalParts(negative, digits, exponent);
    }
}
