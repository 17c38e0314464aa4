using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace LedgerLift.Logging;

/// <summary>Stands for an exception whose text must not be shown: prints its type and its stack, and its message redacted.</summary>
[SuppressMessage("Roslynator", "RCS1194", Justification = "Nobody throws or catches it; it exists to be printed.")]
[SuppressMessage("Major Code Smell", "S3871", Justification = "Providers print it as any other exception; nobody needs its type.")]
[SuppressMessage("Design", "CA1032", Justification = "Nobody throws or catches it; it exists to be printed.")]
[SuppressMessage("Design", "CA1064", Justification = "Providers print it as any other exception; nobody needs its type.")]
internal sealed class RedactedException : Exception
{
    private readonly string? _stackTrace;
    private readonly Exception[] _inner;

    public RedactedException(Exception original, string message, Exception[] inner, IDictionary data)
        : base(message, inner.Length > 0 ? inner[0] : null)
    {
        TypeName = original.GetType().ToString();
        _stackTrace = original.StackTrace;
        _inner = inner;
        Data = data;
        HResult = original.HResult;
        Source = original.Source;
    }

    /// <summary>The full name of the type it stands for.</summary>
    public string TypeName { get; }

    /// <summary>Type and stack alone, for an exception whose message could not be judged.</summary>
    public static RedactedException WithoutMessage(Exception original) =>
        new(original, message: "", inner: [], new Dictionary<string, object?>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public override IDictionary Data { get; }

    /// <inheritdoc/>
    public override string? StackTrace => _stackTrace;

    /// <inheritdoc/>
    public override string ToString()
    {
        var printed = new StringBuilder(TypeName);
        if (Message.Length > 0)
            printed.Append(": ").Append(Message);

        if (InnerException is not null)
            printed
                .Append(Environment.NewLine)
                .Append(" ---> ")
                .Append(InnerException)
                .Append(Environment.NewLine)
                .Append("   --- End of inner exception stack trace ---");

        if (_stackTrace is not null)
            printed.Append(Environment.NewLine).Append(_stackTrace);

        for (var i = 1; i < _inner.Length; i++)
        {
            printed
                .Append(Environment.NewLine)
                .Append(CultureInfo.InvariantCulture, $" ---> (Inner Exception #{i}) {_inner[i]}<---")
                .Append(Environment.NewLine);
        }

        return printed.ToString();
    }
}
