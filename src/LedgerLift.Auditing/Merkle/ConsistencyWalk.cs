using System.Numerics;

namespace LedgerLift.Auditing;

/// <summary>The walk up two trees at once: RFC 9162, section 2.1.4.2, for a first tree that is not empty and smaller than the second.</summary>
internal static class ConsistencyWalk
{
    internal static bool Verify(long firstSize, AuditHash firstRoot, long secondSize, AuditHash secondRoot, ReadOnlySpan<AuditHash> proof)
    {
        // A first tree that is a whole subtree of the second is itself the first hash of the walk.
        var isSubtree = BitOperations.IsPow2(firstSize);
        if (proof.IsEmpty)
            return false;
        var (first, second) = (isSubtree ? firstRoot : proof[0], isSubtree ? firstRoot : proof[0]);
        var rest = isSubtree ? proof : proof[1..];
        var (place, last) = (firstSize - 1, secondSize - 1);
        var skip = BitOperations.TrailingZeroCount(~place);
        (place, last) = (place >> skip, last >> skip);
        foreach (var hash in rest)
        {
            if (last == 0)
                return false;
            if ((place & 1) == 1 || place == last)
            {
                first = MerkleTree.HashNode(hash, first);
                second = MerkleTree.HashNode(hash, second);
                var levels = BitOperations.TrailingZeroCount(place);
                (place, last) = (place >> levels, last >> levels);
            }
            else
            {
                second = MerkleTree.HashNode(second, hash);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && first == firstRoot && second == secondRoot;
    }
}
