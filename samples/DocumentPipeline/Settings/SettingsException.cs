using System.Diagnostics.CodeAnalysis;

namespace DocumentPipeline;

/// <summary>The program cannot run with what it was given; the message is one line that says what to change.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It always says what to change.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "It always says what to change.")]
public sealed class SettingsException(string message) : Exception(message);
