using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace LedgerLift.Auditing;

/// <summary>Numbers as RFC 8785, section 3.2.2.3, writes them (the Number::toString of ECMAScript), and exactly where a double cannot hold them.</summary>
/// <remarks>
/// RFC 8785 knows doubles only. A number of up to 17 significant digits is taken for one and is written as the shortest that reads as the same double.
/// A whole number that a double does not hold exactly, one of more than 17 digits and one beyond a double's range keep all their digits, in the same layout.
/// </remarks>
internal static class CanonicalNumber
{
    private const int DigitsOfDouble = 17;

    internal static void Write(IBufferWriter<byte> output, string token)
    {
        var text = Layout(Rounded(token, DecimalParts.Parse(token)));
        Encoding.ASCII.GetBytes(text, output.GetSpan(text.Length));
        output.Advance(text.Length);
    }

    private static DecimalParts Rounded(string token, DecimalParts exact)
    {
        if (exact.Digits.Length > DigitsOfDouble || exact.IsWhole)
            return exact;
        var value = double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture);
        return value == 0 || !double.IsFinite(value) ? exact : DecimalParts.Parse(value.ToString("R", CultureInfo.InvariantCulture));
    }

    // The digits d of length k with the value 0.d × 10^n; the four cases of ECMA-262, Number::toString.
    private static string Layout(DecimalParts parts)
    {
        var (negative, digits, n) = parts;
        if (digits.Length == 0)
            return "0";
        var k = digits.Length;
        string text;
        if (n >= k && n <= 21)
            text = digits + new string('0', (int)n - k);
        else if (n > 0 && n <= 21)
            text = string.Concat(digits.AsSpan(0, (int)n), ".", digits.AsSpan((int)n));
        else if (n > -6 && n <= 0)
            text = "0." + new string('0', (int)-n) + digits;
        else
            text = Scientific(digits, n - 1);
        return negative ? "-" + text : text;
    }

    private static string Scientific(string digits, BigInteger exponent)
    {
        var fraction = digits.Length == 1 ? "" : "." + digits[1..];
        var sign = exponent.Sign < 0 ? "" : "+";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{sign}{exponent}");
    }
}
