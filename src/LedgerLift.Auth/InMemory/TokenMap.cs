using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace LedgerLift.Auth;

/// <summary>Entries by id: a hash table with chains that run through the entries themselves, so that a lookup touches little memory.</summary>
/// <remarks>
/// <para><see cref="TryGet"/> may be called by any thread at any time, everything else by one thread at a time. Reading takes no lock and allocates nothing.</para>
/// <para>
/// Why a reader needs no lock. A chain grows at its head, and an entry is complete before the head names it. An entry that is taken out keeps its own link,
/// so a reader that stands on it goes on to the rest of the chain. A table that has become too small is not changed but replaced: an entry has a link for
/// tables of an even and one for tables of an odd power of two, so the new chains are built while readers still walk the old ones. Only when the new table
/// is in place are the old links cleared, lest they keep dead entries in memory; a reader that lost its way by that, or missed an entry that came
/// into the new table only, finds in the end that its table was replaced, and looks in the new one. Each further look is owed to a table twice as large.
/// </para>
/// <para>
/// A reader may find an entry that was taken out after it began, never one that was taken out before. <see cref="IdHash"/> is secret: whoever chooses ids cannot
/// choose the chain they stand in.
/// </para>
/// </remarks>
internal sealed class TokenMap<TSchedule>
    where TSchedule : struct, ISchedulePoints
{
    // A power of two, so that the lower bits of a hash are the place in the table. Half of the places stay empty, so that most chains are of one entry.
    private const int FirstSize = 16;
    private const int LargestSize = 1 << 30;

    private TokenNode?[] _heads;
    private int _count;

    internal TokenMap(int firstSize = FirstSize) => _heads = new TokenNode?[firstSize];

    internal bool TryGet(string jti, [NotNullWhen(true)] out TokenNode? node)
    {
        var hash = IdHash.Of(jti);
        var heads = Volatile.Read(ref _heads);
        while (true)
        {
            if (TryFind(heads, hash, jti, out node))
                return true;
            TSchedule.Pass();
            var newest = Volatile.Read(ref _heads);
            if (newest == heads)
                return false;
            heads = newest;
        }
    }

    /// <summary>Adds an entry whose id is not in the table.</summary>
    internal void Add(TokenNode node)
    {
        if (_count * 2L >= _heads.Length && _heads.Length < LargestSize)
            Grow();
        _count++;
        Link(_heads, SideOf(_heads), node);
        TSchedule.Pass();
    }

    /// <summary>Takes out an entry that is in the table.</summary>
    internal void Remove(TokenNode node)
    {
        var side = SideOf(_heads);
        ref var link = ref _heads[node.Hash & (_heads.Length - 1)];
        while (link != node)
            link = ref link!.NextInChain(side);
        Volatile.Write(ref link, node.NextInChain(side));
        _count--;
    }

    private static bool TryFind(TokenNode?[] heads, int hash, string jti, [NotNullWhen(true)] out TokenNode? node)
    {
        var side = SideOf(heads);
        node = Volatile.Read(ref heads[hash & (heads.Length - 1)]);
        while (node is not null)
        {
            if (node.Hash == hash && string.Equals(node.Jti, jti, StringComparison.Ordinal))
                return true;
            TSchedule.Pass();
            node = Volatile.Read(ref node.NextInChain(side));
        }

        return false;
    }

    private static int SideOf(TokenNode?[] heads) => BitOperations.Log2((uint)heads.Length) & 1;

    private static void Link(TokenNode?[] heads, int side, TokenNode node)
    {
        ref var head = ref heads[node.Hash & (heads.Length - 1)];
        // Released, as a reader of a table two sizes smaller may stand on this very link; seeing it, the reader must see that its table was replaced.
        Volatile.Write(ref node.NextInChain(side), head);
        TSchedule.Pass();
        Volatile.Write(ref head, node);
    }

    private void Grow()
    {
        var old = _heads;
        var heads = new TokenNode?[old.Length * 2];
        var (oldSide, side) = (SideOf(old), SideOf(heads));
        foreach (var first in old)
            for (var node = first; node is not null; node = node.NextInChain(oldSide))
                Link(heads, side, node);
        Volatile.Write(ref _heads, heads);
        TSchedule.Pass();
        foreach (var first in old)
            Unlink(first, oldSide);
    }

    private static void Unlink(TokenNode? node, int side)
    {
        while (node is not null)
        {
            ref var link = ref node.NextInChain(side);
            node = link;
            Volatile.Write(ref link, null);
            TSchedule.Pass();
        }
    }
}
