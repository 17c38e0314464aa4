namespace LedgerLift.ArchitectureTests;

public sealed class SourceFileTests
{
    private const int Longest = 350;
    private const int LongOne = 200;
    private const int Median = 60;

    [Fact]
    public void A_file_holds_one_type_and_has_its_name() =>
        Faults.None(
            "Files under src that hold no type, several, or one of another name:",
            SourceFile
                .Under("src")
                .Where(file => file.Types.Count != 1 || !string.Equals(file.Types[0], file.Name, StringComparison.Ordinal))
                .Where(file => !IsGlobalFile(file))
                .Select(file => $"{file.Path}: {string.Join(", ", file.Types)}")
        );

    [Fact]
    public void No_file_is_longer_than_350_lines() =>
        Faults.None(
            $"Files of more than {Longest} lines:",
            SourceFile
                .Under("src", "tests", "samples", "benchmarks")
                .Where(file => file.Length > Longest)
                .Select(file => $"{file.Path}: {file.Length}")
        );

    [Fact]
    public void Of_100_files_under_src_95_have_fewer_than_200_lines_and_half_fewer_than_60()
    {
        var files = SourceFile.Under("src").OrderBy(file => file.Length).ToList();
        var long95 = files[(int)Math.Ceiling(files.Count * 0.95) - 1];
        var middle = files[(files.Count - 1) / 2];

        Assert.True(
            long95.Length < LongOne,
            $"The 95th of 100 files has {long95.Length} lines ({long95.Path}); fewer than {LongOne} are wanted."
        );
        Assert.True(middle.Length < Median, $"The median file has {middle.Length} lines ({middle.Path}); fewer than {Median} are wanted.");
    }

    // Assembly attributes and global usings belong to no type.
    private static bool IsGlobalFile(SourceFile file) =>
        file is { Types.Count: 0, Name: "AssemblyInfo" or "GlobalUsings" or "GlobalSuppressions" };
}
