namespace LedgerLift.ArchitectureTests;

/// <summary>A text under version control that a person approved; <c>eng/approve-api</c> sets the variable and rewrites it.</summary>
internal static class ApprovedFile
{
    private const string ApproveVariable = "LEDGERLIFT_APPROVE_API";

    public static void Matches(string relativePath, string actual)
    {
        var file = Repository.PathOf(relativePath);
        if (Environment.GetEnvironmentVariable(ApproveVariable) is "1")
        {
            File.WriteAllText(file, actual);
        }

        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        Faults.None(
            $"The public API is not the one approved in {relativePath}. If the change is meant, run eng/approve-api and commit the file:",
            LineDifference.Between(approved, actual)
        );
    }
}
