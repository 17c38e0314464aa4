namespace LedgerLift.ArchitectureTests;

/// <summary>The lines that differ between two texts, in order, by their longest common subsequence.</summary>
internal static class LineDifference
{
    /// <summary>Removed lines begin with a minus, added ones with a plus; empty when the texts are equal.</summary>
    public static IReadOnlyList<string> Between(string approved, string actual)
    {
        var before = approved.Split('\n');
        var after = actual.Split('\n');
        var common = CommonLengths(before, after);
        var difference = new List<string>();
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && string.Equals(before[i], after[j], StringComparison.Ordinal))
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (j == after.Length || (i < before.Length && common[i + 1][j] >= common[i][j + 1]))
            {
                difference.Add("- " + before[i++]);
            }
            else
            {
                difference.Add("+ " + after[j++]);
            }
        }

        return difference;
    }

    private static int[][] CommonLengths(string[] before, string[] after)
    {
        var lengths = Enumerable.Range(0, before.Length + 1).Select(_ => new int[after.Length + 1]).ToArray();
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                lengths[i][j] = string.Equals(before[i], after[j], StringComparison.Ordinal)
                    ? lengths[i + 1][j + 1] + 1
                    : Math.Max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }

        return lengths;
    }
}
