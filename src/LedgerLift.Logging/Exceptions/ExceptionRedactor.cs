using System.Collections;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Logging;

/// <summary>Decides whether an exception can be shown, and makes one that can. The caller's exception is only read. Immutable and thread-safe.</summary>
internal sealed class ExceptionRedactor(TextRedactor text, StructureRedactor structures)
{
    // Deeper chains and wider aggregates are cut.
    private const int MaxDepth = 32;

    /// <summary>The same exception when there is nothing to hide in it, otherwise one that prints as it would without what must not be shown.</summary>
    public Exception Redact(Exception exception) => HasSecret(exception, 0) ? Copy(exception, 0) : exception;

    /// <summary>The text of an exception given as a value.</summary>
    public string Text(Exception exception) => Copy(exception, 0).ToString();

    private bool HasSecret(Exception exception, int depth)
    {
        if (depth == MaxDepth)
            return true;

        return Hides(MessageOf(exception))
            || TellsMore(exception)
            || HasSecretData(exception.Data)
            || InnerOf(exception).Any(inner => HasSecret(inner, depth + 1));
    }

    // What cannot be read would throw in a provider too.
    private bool Hides(string printed) => printed is ValueText.Unreadable || text.Finds(printed);

    // A type with a text of its own may print more than its message: the details of a database error, a response.
    private bool TellsMore(Exception exception)
    {
        if (
            ((Func<string>)exception.ToString).Method.DeclaringType is { } type
            && (type == typeof(Exception) || type == typeof(AggregateException))
        )
            return false;

        var printed = ValueText.Of(exception);
        return Hides(exception.StackTrace is { Length: > 0 } trace ? printed.Replace(trace, "", StringComparison.Ordinal) : printed);
    }

    private bool HasSecretData(IDictionary data)
    {
        if (data.Count == 0)
            return false;

        return !ReferenceEquals(structures.RedactForLog(data), data);
    }

    private RedactedException Copy(Exception exception, int depth)
    {
        Exception[] inner = depth < MaxDepth ? [.. InnerOf(exception).Take(MaxDepth).Select(each => Copy(each, depth + 1))] : [];
        return new RedactedException(exception, text.Redact(MessageOf(exception)), inner, DataOf(exception));
    }

    private IDictionary DataOf(Exception exception) =>
        exception.Data.Count == 0 ? exception.Data : (IDictionary)structures.Redact(exception.Data)!;

    private static ReadOnlyCollection<Exception> InnerOf(Exception exception) =>
        exception switch
        {
            AggregateException aggregate => aggregate.InnerExceptions,
            { InnerException: { } inner } => new([inner]),
            _ => ReadOnlyCollection<Exception>.Empty,
        };

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Message is a stranger's code; whatever it throws, the line is written without it."
    )]
    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception)
        {
            return ValueText.Unreadable;
        }
    }
}
