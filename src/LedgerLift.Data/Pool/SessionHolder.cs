using System.Globalization;

namespace LedgerLift.Data;

/// <summary>Who holds a session, and for how long.</summary>
/// <param name="Member">The member that opened it.</param>
/// <param name="File">Its source file, without the folder.</param>
/// <param name="Line">The line.</param>
/// <param name="HeldFor">For how long.</param>
public sealed record SessionHolder(string Member, string File, int Line, TimeSpan HeldFor)
{
    /// <summary>Member, file, line and seconds, as <c>Import (Importer.cs:42), 3.2 s</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Member} ({File}:{Line}), {HeldFor.TotalSeconds:0.0} s");
}
