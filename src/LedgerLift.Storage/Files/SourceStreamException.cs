using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Storage;

/// <summary>Carries a failure of the caller's own stream past the translation of the store's failures; never reaches the caller.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Carries exactly one thing.")]
[SuppressMessage("Design", "CA1064", Justification = "Never leaves the package.")]
[SuppressMessage("Design", "S3871", Justification = "Never leaves the package.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "Carries exactly one thing.")]
internal sealed class SourceStreamException(Exception cause) : Exception(message: null, cause);
