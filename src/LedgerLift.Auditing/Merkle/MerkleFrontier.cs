using System.Numerics;

namespace LedgerLift.Auditing;

/// <summary>A Merkle tree that grows: keeps only the roots of its whole subtrees, one for each one-bit of the size. Not safe for several threads.</summary>
public sealed class MerkleFrontier
{
    private readonly Stack<AuditHash> _roots = new();

    /// <summary>How many leaves it has.</summary>
    public long Count { get; private set; }

    /// <summary>The root as <see cref="MerkleTree.Root"/> would give it over all leaves.</summary>
    public AuditHash Root
    {
        get
        {
            if (_roots.Count == 0)
                return MerkleTree.Root([]);
            // The smallest subtree is on top of the stack, and the tree leans to the left.
            AuditHash? root = null;
            foreach (var subtree in _roots)
                root = root is { } right ? MerkleTree.HashNode(subtree, right) : subtree;
            return root!.Value;
        }
    }

    /// <summary>What the root would be with one more leaf.</summary>
    /// <param name="leaf">Its hash.</param>
    /// <returns>The root.</returns>
    public AuditHash RootWith(AuditHash leaf)
    {
        // The new leaf is the smallest subtree of all, at the right end.
        var root = leaf;
        foreach (var subtree in _roots)
            root = MerkleTree.HashNode(subtree, root);
        return root;
    }

    /// <summary>Adds a leaf at the end.</summary>
    /// <param name="leaf">Its hash.</param>
    public void Append(AuditHash leaf)
    {
        var merges = BitOperations.TrailingZeroCount(~Count);
        for (var i = 0; i < merges; i++)
            leaf = MerkleTree.HashNode(_roots.Pop(), leaf);
        _roots.Push(leaf);
        Count++;
    }
}
