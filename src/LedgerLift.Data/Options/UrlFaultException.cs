using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Data;

/// <summary>Ends the reading of a URL; its message is the fault.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Never leaves the reader.")]
[SuppressMessage("Design", "CA1064", Justification = "Never leaves the reader.")]
[SuppressMessage("Major Code Smell", "S3871", Justification = "Never leaves the reader.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Never leaves the reader.")]
internal sealed class UrlFaultException(string message) : Exception(message);
