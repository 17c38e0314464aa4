namespace LedgerLift.Auth.Contract;

/// <summary>Ids that mean something to Redis, to JSON, to a log or to Unicode.</summary>
internal static class HostileIds
{
    public static IReadOnlyList<string> All { get; } =
    [
        "{",
        "}",
        "{}",
        "}{",
        "{user}",
        "}user{",
        "{{a}}",
        "a}b{c}d",
        "a:b:c",
        ":",
        "\"quoted\"",
        "'",
        "back\\slash",
        "new\nline",
        "\r\nDEL x\r\n",
        "tab\tin",
        "nul\0in",
        "*",
        "?[a-z]",
        "%7B",
        "%",
        "ä",
        "a\u0308",
        "😀",
        "👩‍👩‍👧‍👦",
        "\u202eright-to-left",
        "\ufeffmark",
        "ı",
        "I",
        "İ",
        "i",
        " leading",
        "trailing ",
        new('x', 256),
        new('}', 256),
        new('é', 128),
        string.Concat(Enumerable.Repeat("😀", 64)),
    ];
}
