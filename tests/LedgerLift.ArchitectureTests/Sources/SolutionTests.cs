namespace LedgerLift.ArchitectureTests;

public sealed class SolutionTests
{
    // Built by eng/consumer and eng/trim-smoke, each in its own way.
    private static readonly string[] s_outside = ["tests/Consumer/Consumer.csproj", "tests/TrimSmoke/TrimSmoke.csproj"];

    [Fact]
    public void Every_project_stands_in_the_solution()
    {
        var solution = Repository.Read("LedgerLift.Infrastructure.sln").Replace('\\', '/');

        Faults.None(
            "Projects that the solution does not build:",
            Repository
                .Files("*.csproj", "src", "tests", "samples", "benchmarks")
                .Except(s_outside, StringComparer.Ordinal)
                .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_consumer_and_the_trimmed_program_reference_every_package()
    {
        var outside = s_outside.Select(Repository.Read).ToList();

        Faults.None(
            $"Packages missing in {string.Join(" or ", s_outside)}:",
            Packages
                .All.Select(package => package.Name)
                .Where(name => !outside.TrueForAll(project => project.Contains($"Include=\"{name}\"", StringComparison.Ordinal)))
        );
    }
}
