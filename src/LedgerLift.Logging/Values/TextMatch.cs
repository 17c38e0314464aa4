using System.Runtime.InteropServices;

namespace LedgerLift.Logging;

/// <summary>A part of a text that must not be shown.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextMatch(int Start, int End, RedactionKind Kind);
