namespace LedgerLift.Logging;

/// <summary>How a value of a type is followed.</summary>
internal enum TypeShape
{
    /// <summary>Shown as it is: numbers, dates, identifiers.</summary>
    Scalar,

    /// <summary>A whole number that could be a card number.</summary>
    Number,

    /// <summary>Characters in another form than a string.</summary>
    Text,

    /// <summary>Bytes: never shown.</summary>
    Bytes,

    /// <summary>Parsed JSON.</summary>
    Json,

    /// <summary>An exception: shown by its text.</summary>
    Exception,

    /// <summary>Keys and values.</summary>
    Dictionary,

    /// <summary>Items one after the other.</summary>
    Sequence,

    /// <summary>A type of the framework: shown by its text.</summary>
    Opaque,

    /// <summary>An object of the program: shown by its public members.</summary>
    Members,
}
