using System.Diagnostics.CodeAnalysis;

namespace LedgerLift.Auth;

/// <summary>A node's two neighbours in one list. A node has one such field for each list it can stand in.</summary>
[SuppressMessage(
    "Performance",
    "CA1815:Override equals and operator equals on value types",
    Justification = "A pair of pointers that is never compared."
)]
internal struct Link<TNode>
    where TNode : class
{
    internal TNode? Previous;
    internal TNode? Next;
}
