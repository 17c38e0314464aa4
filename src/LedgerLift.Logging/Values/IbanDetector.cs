namespace LedgerLift.Logging;

/// <summary>IBANs, joined or in groups of four, with the length of their country (the ISO 13616 registry) and check number.</summary>
internal static class IbanDetector
{
    /// <summary>The fewest characters of an IBAN.</summary>
    public const int MinLength = 15;

    private const int MaxLength = 34;

    private const string Lengths =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 "
        + "GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 "
        + "NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static readonly byte[] s_lengths = ReadLengths();

    /// <summary>Adds every IBAN.</summary>
    public static void Find(ReadOnlySpan<char> text, ref MatchList matches)
    {
        Span<char> letters = stackalloc char[MaxLength];
        var i = 0;

        // Two letters and two digits: look for the digits, they are rarer.
        while (i + MinLength <= text.Length && text[(i + 2)..].IndexOfAnyInRange('0', '9') is >= 0 and var next)
        {
            i += next;
            var end = i + MinLength <= text.Length ? End(text, i, letters) : -1;
            if (end > 0)
                matches.Add(i, end, RedactionKind.Iban);

            i = Math.Max(i + 1, end);
        }
    }

    private static int End(ReadOnlySpan<char> text, int start, Span<char> letters)
    {
        if ((start > 0 && char.IsLetterOrDigit(text[start - 1])) || !char.IsAsciiDigit(text[start + 3]))
            return -1;

        var length = LengthOf(text[start], text[start + 1]);
        if (length == 0)
            return -1;

        var count = 0;
        var i = start;
        while (count < length && i < text.Length)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
                letters[count++] = char.ToUpperInvariant(text[i]);
            else if (text[i] is not (' ' or '-') || count % 4 != 0)
                return -1;

            i++;
        }

        var isWhole = count == length && (i == text.Length || !char.IsLetterOrDigit(text[i]));
        return isWhole && Remainder(letters[..count]) == 1 ? i : -1;
    }

    // The first four characters behind the rest, letters as 10 to 35, the whole modulo 97.
    private static int Remainder(ReadOnlySpan<char> iban)
    {
        var remainder = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var character = iban[(i + 4) % iban.Length];
            var value = char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
            remainder = ((remainder * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return remainder;
    }

    private static int LengthOf(char first, char second) =>
        char.IsAsciiLetter(first) && char.IsAsciiLetter(second) ? s_lengths[Index(first, second)] : 0;

    private static int Index(char first, char second) => (((first | 0x20) - 'a') * 26) + ((second | 0x20) - 'a');

    private static byte[] ReadLengths()
    {
        var lengths = new byte[26 * 26];
        foreach (var country in Lengths.Split(' '))
            lengths[Index(country[0], country[1])] = (byte)(((country[2] - '0') * 10) + (country[3] - '0'));

        return lengths;
    }
}
