using System.Globalization;

namespace LedgerLift.Logging;

/// <summary>Which beginnings and lengths payment cards have, from the brands' published issuer ranges, and the Luhn check of ISO/IEC 7812-1.</summary>
internal static class CardBrands
{
    /// <summary>The fewest digits of a card number.</summary>
    public const int MinDigits = 13;

    /// <summary>The most.</summary>
    public const int MaxDigits = 19;

    /// <summary>Whether the digits are a card number: a brand's beginning, a length it uses, and a right check digit.</summary>
    public static bool IsCard(ReadOnlySpan<char> digits) =>
        digits.Length is >= MinDigits and <= MaxDigits && IsIssued(digits) && PassesLuhn(digits);

    /// <summary>Whether the number, as it is written, is a card number.</summary>
    public static bool IsCard(ulong number)
    {
        if (number < 1_000_000_000_000)
            return false;

        Span<char> digits = stackalloc char[20];
        return number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture) && IsCard(digits[..length]);
    }

    private static bool IsIssued(ReadOnlySpan<char> digits)
    {
        var six = 0;
        foreach (var digit in digits[..6])
            six = (six * 10) + (digit - '0');

        return digits.Length switch
        {
            13 => six / 100_000 is 4,
            14 => six / 1000 is >= 300 and <= 305 || six / 10_000 is 36 or 38 or 39,
            15 => six / 10_000 is 34 or 37,
            16 => IsOfSixteen(six),
            17 or 18 => IsLong(six),
            _ => six / 100_000 is 4 || IsLong(six),
        };
    }

    private static bool IsOfSixteen(int six) =>
        six / 100_000 is 4
        || six / 10_000 is >= 51 and <= 55
        || six / 100 is >= 2221 and <= 2720
        || six / 100 is >= 3528 and <= 3589
        || IsLong(six);

    // Discover, UnionPay, Maestro, RuPay and Mir cards may have more than 16 digits.
    private static bool IsLong(int six) =>
        six / 10_000 is 62 or 65 or 60
        || six / 1000 is >= 644 and <= 649
        || six / 100 is 5018 or 5020 or 5038 or 5893 or 6304 or 6759 or 6761 or 6762 or 6763
        || six / 100 is >= 2200 and <= 2204;

    private static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        var doubled = false;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var digit = digits[i] - '0';
            if (doubled)
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;

            sum += digit;
            doubled = !doubled;
        }

        return sum % 10 == 0;
    }
}
