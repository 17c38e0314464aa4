using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Auditing;

/// <summary>The exception for a field of a JSON text or of an entry: its parameter name is the name of the field.</summary>
internal static class BadField
{
    /// <summary>The name of the text itself, when it is no object at all.</summary>
    internal const string Whole = "json";

    [SuppressMessage("Usage", "CA2208:Instantiate argument exceptions correctly", Justification = "The field is the argument.")]
    [SuppressMessage("Usage", "MA0015:Specify the parameter name in ArgumentException", Justification = "The field is the argument.")]
    [SuppressMessage("Major Code Smell", "S3928:Parameter names should be real", Justification = "The field is the argument.")]
    internal static ArgumentException Named(string name, string message, Exception? cause = null) => new(message, name, cause);
}
