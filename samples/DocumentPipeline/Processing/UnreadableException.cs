using System.Diagnostics.CodeAnalysis;

namespace DocumentPipeline;

/// <summary>The document itself is at fault: another try would end the same. The message is for its owner.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It always says what happened.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "It always says what happened.")]
public sealed class UnreadableException(string message, Exception? cause = null) : Exception(message, cause);
