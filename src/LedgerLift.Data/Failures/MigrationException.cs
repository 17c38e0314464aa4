using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Data;

/// <summary>The schema could not be brought up to date, or is not what the scripts say.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Every failure has a code.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Every failure has a code.")]
public sealed class MigrationException : DatabaseException
{
    internal MigrationException(
        string code,
        string message,
        string? script = null,
        bool isTransient = false,
        Exception? innerException = null
    )
        : base(code, message, isTransient, innerException) => Script = script;

    /// <summary>The script concerned, such as <c>V0001__documents.sql</c>; null when it is no single one.</summary>
    public string? Script { get; }
}
