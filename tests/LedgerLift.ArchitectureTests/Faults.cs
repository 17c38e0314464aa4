namespace LedgerLift.ArchitectureTests;

internal static class Faults
{
    /// <summary>Fails with every fault at once, so that one run shows the whole work.</summary>
    public static void None(string rule, IEnumerable<string> faults)
    {
        var found = faults.ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"{rule}\n  {string.Join("\n  ", found)}");
        }
    }
}
