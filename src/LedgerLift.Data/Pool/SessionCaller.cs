namespace LedgerLift.Data;

/// <summary>Where a session was asked for.</summary>
internal readonly record struct SessionCaller(string Member, string File, int Line)
{
    /// <summary>The file without its folder, whichever system it was compiled on.</summary>
    internal string FileName => File[(File.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
}
