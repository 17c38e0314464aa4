using System.Runtime.InteropServices;

namespace LedgerLift.Auth;

/// <summary>A doubly linked list whose links live in the nodes: adding and removing take constant time and allocate nothing.</summary>
/// <remarks>Not safe for several threads. A mutable struct: keep it in a field, never copy it. A removed node keeps no neighbour, so that no dead node holds another in memory.</remarks>
[StructLayout(LayoutKind.Auto)]
internal struct IntrusiveList<TNode, TLink>
    where TNode : class
    where TLink : ILinkOf<TNode>
{
    internal TNode? First { get; private set; }

    internal TNode? Last { get; private set; }

    internal readonly bool IsEmpty => First is null;

    internal void AddLast(TNode node) => InsertAfter(Last, node);

    /// <summary>Inserts behind a node of this list; null inserts in front of all.</summary>
    internal void InsertAfter(TNode? previous, TNode node)
    {
        ref var link = ref TLink.Of(node);
        link.Previous = previous;
        link.Next = previous is null ? First : TLink.Of(previous).Next;
        if (previous is null)
            First = node;
        else
            TLink.Of(previous).Next = node;
        if (link.Next is null)
            Last = node;
        else
            TLink.Of(link.Next).Previous = node;
    }

    internal void Remove(TNode node)
    {
        ref var link = ref TLink.Of(node);
        if (link.Previous is null)
            First = link.Next;
        else
            TLink.Of(link.Previous).Next = link.Next;
        if (link.Next is null)
            Last = link.Previous;
        else
            TLink.Of(link.Next).Previous = link.Previous;
        link = default;
    }

    internal TNode? RemoveFirst()
    {
        var first = First;
        if (first is not null)
            Remove(first);
        return first;
    }
}
