using System.Text;

namespace LedgerLift.Testing;

/// <summary>One message of the PostgreSQL protocol, version 3 (PostgreSQL documentation, "Message Formats").</summary>
/// <param name="Type">The type byte, such as <c>Q</c>; <c>\0</c> for the messages without one that open a connection.</param>
/// <param name="Body">What follows the length.</param>
public sealed record PostgresMessage(char Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// The first text of the body: the SQL of a Query (Q), the tag of a CommandComplete (C). For a Parse (P) the SQL, which follows the statement's name.
    /// </summary>
    public string Text
    {
        get
        {
            var body = Body.Span;
            if (Type == 'P')
                body = body[(body.IndexOf((byte)0) + 1)..];
            var end = body.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? body : body[..end]);
        }
    }

    /// <summary>Type and text, <c>Q COMMIT</c>, for comparing and for reading failures.</summary>
    public override string ToString() =>
        Type is 'Q' or 'P' or 'C' or 'Z' ? $"{Type} {Text}"
        : Type == '\0' ? "startup"
        : $"{Type}";
}
