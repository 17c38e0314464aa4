namespace LedgerLift.Auditing.Tests;

public sealed class MerkleTreeTests
{
    /// <summary>The inputs that the implementations of Certificate Transparency test themselves with, and the roots over the first n of them.</summary>
    private static readonly string[] s_inputs =
    [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly string[] s_roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Roots_are_those_of_certificate_transparency(int size)
    {
        AuditHash[] leaves = [.. s_inputs.Take(size).Select(input => MerkleTree.HashLeaf(Convert.FromHexString(input)))];

        Assert.Equal(s_roots[size], MerkleTree.Root(leaves).ToString());
    }

    [Fact]
    public void A_frontier_has_the_root_of_the_whole_tree_at_every_size()
    {
        var frontier = new MerkleFrontier();
        var leaves = Leaves(200);
        for (var size = 0; size < leaves.Length; size++)
        {
            Assert.Equal(size, frontier.Count);
            Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, size)), frontier.Root);
            Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, size + 1)), frontier.RootWith(leaves[size]));
            frontier.Append(leaves[size]);
        }
    }

    [Fact]
    public void Every_leaf_of_every_tree_proves_itself_in_few_hashes()
    {
        var all = Leaves(65);
        for (var size = 1; size <= all.Length; size++)
        {
            var leaves = all.AsSpan(0, size);
            var root = MerkleTree.Root(leaves);
            for (var index = 0; index < size; index++)
            {
                AuditHash[] proof = [.. MerkleTree.ProveInclusion(leaves, index)];

                Assert.True(MerkleTree.VerifyInclusion(leaves[index], index, size, proof, root), $"{index} of {size}");
                Assert.InRange(proof.Length, 0, (int)Math.Ceiling(Math.Log2(size)));
            }
        }
    }

    [Fact]
    public void A_proof_fits_no_other_leaf_place_size_or_root()
    {
        var leaves = Leaves(21);
        var root = MerkleTree.Root(leaves);
        for (var index = 0; index < leaves.Length; index++)
        {
            AuditHash[] proof = [.. MerkleTree.ProveInclusion(leaves, index)];
            for (var other = -1; other <= leaves.Length; other++)
                if (other != index)
                    Assert.False(MerkleTree.VerifyInclusion(leaves[index], other, leaves.Length, proof, root));
            Assert.False(MerkleTree.VerifyInclusion(leaves[(index + 1) % 21], index, 21, proof, root));
            Assert.False(MerkleTree.VerifyInclusion(leaves[index], index, 21, proof, leaves[0]));
            Assert.False(MerkleTree.VerifyInclusion(leaves[index], index, 21, proof.AsSpan(1), root));
            Assert.False(MerkleTree.VerifyInclusion(leaves[index], index, 21, [.. proof, leaves[0]], root));
            for (var i = 0; i < proof.Length; i++)
            {
                AuditHash[] changed = [.. proof];
                changed[i] = leaves[index];
                Assert.False(MerkleTree.VerifyInclusion(leaves[index], index, 21, changed, root));
            }
        }
    }

    [Fact]
    public void Every_tree_is_consistent_with_every_earlier_one()
    {
        var all = Leaves(40);
        for (var second = 1; second <= all.Length; second++)
        {
            for (var first = 1; first <= second; first++)
            {
                AuditHash[] proof = [.. MerkleTree.ProveConsistency(all.AsSpan(0, second), first)];
                var (firstRoot, secondRoot) = (MerkleTree.Root(all.AsSpan(0, first)), MerkleTree.Root(all.AsSpan(0, second)));

                Assert.True(MerkleTree.VerifyConsistency(first, firstRoot, second, secondRoot, proof), $"{first} in {second}");
                Assert.False(MerkleTree.VerifyConsistency(first, all[0] == firstRoot ? all[1] : all[0], second, secondRoot, proof));
                Assert.False(MerkleTree.VerifyConsistency(first, firstRoot, second, all[^1], proof));
                Assert.False(MerkleTree.VerifyConsistency(first, firstRoot, second, secondRoot, [.. proof, all[0]]));
                if (first < second)
                    Assert.False(MerkleTree.VerifyConsistency(first, firstRoot, second, secondRoot, proof.AsSpan(1)));
            }
        }
    }

    [Fact]
    public void Impossible_sizes_and_places_are_refused()
    {
        var leaves = Leaves(3);

        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ProveInclusion(leaves, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ProveInclusion(leaves, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ProveConsistency(leaves, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ProveConsistency(leaves, 4));
        Assert.False(MerkleTree.VerifyConsistency(0, leaves[0], 3, leaves[0], []));
        Assert.False(MerkleTree.VerifyConsistency(4, leaves[0], 3, leaves[0], []));
        Assert.False(MerkleTree.VerifyInclusion(leaves[0], 0, long.MaxValue, leaves, leaves[0]));
    }

    private static AuditHash[] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MerkleTree.HashLeaf(BitConverter.GetBytes(i)))];
}
