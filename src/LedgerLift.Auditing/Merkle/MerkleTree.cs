using System.Numerics;
using System.Runtime.InteropServices;

namespace LedgerLift.Auditing;

/// <summary>The Merkle tree of RFC 6962, section 2.1, over leaf hashes: its root, proofs that a leaf is in it, proofs that it only grew. Pure; safe to use from any thread.</summary>
public static class MerkleTree
{
    private static readonly AuditHash s_empty = Sha256Hash.Of([]);

    /// <summary>The hash of a leaf's bytes: SHA-256 of 0x00 and the bytes.</summary>
    /// <param name="data">The leaf.</param>
    /// <returns>What the tree is built over.</returns>
    public static AuditHash HashLeaf(ReadOnlySpan<byte> data) => Sha256Hash.Of([0], data, []);

    /// <summary>The root over leaf hashes, in their order; the SHA-256 of nothing when there are none.</summary>
    /// <param name="leaves">What <see cref="HashLeaf"/> gave.</param>
    /// <returns>The root.</returns>
    public static AuditHash Root(ReadOnlySpan<AuditHash> leaves)
    {
        switch (leaves.Length)
        {
            case 0:
                return s_empty;
            case 1:
                return leaves[0];
            default:
                var split = SplitOf(leaves.Length);
                return HashNode(Root(leaves[..split]), Root(leaves[split..]));
        }
    }

    /// <summary>The audit path of a leaf: the hashes that lead from it to the root, the lowest first (RFC 6962, section 2.1.1).</summary>
    /// <param name="leaves">All leaf hashes.</param>
    /// <param name="index">Which leaf, from 0.</param>
    /// <returns>At most ⌈log₂ n⌉ hashes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is no leaf.</exception>
    public static IReadOnlyList<AuditHash> ProveInclusion(ReadOnlySpan<AuditHash> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Length);
        var path = new List<AuditHash>();
        while (leaves.Length > 1)
        {
            var split = SplitOf(leaves.Length);
            var isLeft = index < split;
            path.Add(Root(isLeft ? leaves[split..] : leaves[..split]));
            leaves = isLeft ? leaves[..split] : leaves[split..];
            index -= isLeft ? 0 : split;
        }

        path.Reverse();
        return path;
    }

    /// <summary>Whether a leaf is at its place under a root (RFC 9162, section 2.1.3.2).</summary>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="size">How many leaves the tree has.</param>
    /// <param name="proof">The audit path.</param>
    /// <param name="root">The root, from a source that is trusted.</param>
    /// <returns>True when it is. False, never an exception, for whatever else is given.</returns>
    public static bool VerifyInclusion(AuditHash leaf, long index, long size, ReadOnlySpan<AuditHash> proof, AuditHash root)
    {
        if (index < 0 || index >= size)
            return false;
        var (place, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0)
                return false;
            if ((place & 1) == 1 || place == last)
            {
                hash = HashNode(sibling, hash);
                var levels = BitOperations.TrailingZeroCount(place);
                (place, last) = (place >> levels, last >> levels);
            }
            else
            {
                hash = HashNode(hash, sibling);
            }

            place >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>The proof that a tree's first leaves are those of an earlier tree (RFC 6962, section 2.1.2).</summary>
    /// <param name="leaves">All leaf hashes of the later tree.</param>
    /// <param name="first">How many leaves the earlier tree had: 1 to all.</param>
    /// <returns>The hashes; none when both are the same tree.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1 or more than there are.</exception>
    public static IReadOnlyList<AuditHash> ProveConsistency(ReadOnlySpan<AuditHash> leaves, int first)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, leaves.Length);
        var proof = new List<AuditHash>();
        // Whether the part in hand began with the earlier tree itself, whose root the verifier has.
        var isWhole = true;
        while (first < leaves.Length)
        {
            var split = SplitOf(leaves.Length);
            if (first <= split)
            {
                proof.Add(Root(leaves[split..]));
                leaves = leaves[..split];
            }
            else
            {
                proof.Add(Root(leaves[..split]));
                leaves = leaves[split..];
                first -= split;
                isWhole = false;
            }
        }

        if (!isWhole)
            proof.Add(Root(leaves));
        proof.Reverse();
        return proof;
    }

    /// <summary>Whether a later tree begins with all of an earlier one (RFC 9162, section 2.1.4.2).</summary>
    /// <param name="firstSize">How many leaves the earlier tree had, from 1.</param>
    /// <param name="firstRoot">Its root.</param>
    /// <param name="secondSize">How many leaves the later tree has.</param>
    /// <param name="secondRoot">Its root.</param>
    /// <param name="proof">What <see cref="ProveConsistency"/> gave.</param>
    /// <returns>True when it does. False, never an exception, for whatever else is given.</returns>
    public static bool VerifyConsistency(
        long firstSize,
        AuditHash firstRoot,
        long secondSize,
        AuditHash secondRoot,
        ReadOnlySpan<AuditHash> proof
    )
    {
        if (firstSize < 1 || firstSize > secondSize)
            return false;
        if (firstSize == secondSize)
            return proof.IsEmpty && firstRoot == secondRoot;
        return ConsistencyWalk.Verify(firstSize, firstRoot, secondSize, secondRoot, proof);
    }

    /// <summary>The hash of an inner node: SHA-256 of 0x01 and both children.</summary>
    internal static AuditHash HashNode(AuditHash left, AuditHash right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * AuditHash.Length)];
        bytes[0] = 1;
        MemoryMarshal.Write(bytes[1..], in left);
        MemoryMarshal.Write(bytes[(1 + AuditHash.Length)..], in right);
        return Sha256Hash.Of(bytes);
    }

    // The greatest power of two that is smaller than the length.
    private static int SplitOf(int length) => 1 << (31 - BitOperations.LeadingZeroCount((uint)(length - 1)));
}
