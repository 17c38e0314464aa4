namespace LedgerLift.Auditing.Contract;

/// <summary>Texts that mean something to SQL, to JSON, to a log or to Unicode. All are valid in an entry.</summary>
internal static class HostileTexts
{
    public static IReadOnlyList<string> All { get; } =
    [
        "'",
        "';DROP TABLE audit;--",
        "\"quoted\"",
        "back\\slash",
        "%",
        "_",
        "a_b%c",
        "*",
        "{}",
        "null",
        "new\nline",
        "\r\ntab\t",
        "\u0001\u001f\u007f\u0085",
        "\u2028line\u2029paragraph",
        "ä",
        "a\u0308",
        "😀",
        "👩‍👩‍👧‍👦",
        "\u202eright-to-left",
        "\ufeffmark",
        "\uffff",
        "\U0010ffff",
        "ı",
        "I",
        "İ",
        "i",
        " leading",
        "trailing ",
    ];
}
