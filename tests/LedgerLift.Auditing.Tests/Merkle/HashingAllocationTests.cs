namespace LedgerLift.Auditing.Tests;

public sealed class HashingAllocationTests
{
    private static readonly AuditRecord s_record = AuditRecord.Create(AuditEntries.Full);
    private static readonly AuditHash[] s_leaves = [.. Enumerable.Range(0, 100).Select(i => MerkleTree.HashLeaf(BitConverter.GetBytes(i)))];

    public static TheoryData<string> Works => ["leaf", "details", "root"];

    [Theory]
    [MemberData(nameof(Works))]
    public void Hashing_an_entry_allocates_nothing(string work)
    {
        Repeat(work);
        var least = long.MaxValue;
        for (var batch = 0; batch < 5; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(work);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static void Repeat(string work)
    {
        for (var i = 0; i < 300; i++)
        {
            var isRight = work switch
            {
                "leaf" => !s_record.ComputeLeaf().IsZero,
                "details" => s_record.AreDetailsIntact(),
                _ => !MerkleTree.Root(s_leaves).IsZero,
            };
            if (!isRight)
                Assert.Fail("The work was not done.");
        }
    }
}
