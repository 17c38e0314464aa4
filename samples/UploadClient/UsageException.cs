using System.Diagnostics.CodeAnalysis;

namespace UploadClient;

/// <summary>The command was called in a way that cannot work; the message says what to give.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It always says what to give.")]
[SuppressMessage("Major Code Smell", "S3871", Justification = "Nobody compiles against a program.")]
[SuppressMessage("Roslynator", "RCS1194", Justification = "It always says what to give.")]
internal sealed class UsageException(string message) : Exception(message);
