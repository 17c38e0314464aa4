namespace DocumentPipeline.Tests;

public sealed class DocumentTransitionsTests
{
    // The states as the design states them; everything that is not here is refused.
    private static readonly HashSet<(string, string)> Stated =
    [
        ("uploaded", "processing"),
        ("processing", "completed"),
        ("processing", "failed"),
        ("processing", "retrying"),
        ("retrying", "processing"),
        ("retrying", "failed"),
        ("failed", "retrying"),
    ];

    [Fact]
    public void Allows_the_stated_transitions_and_refuses_every_other()
    {
        foreach (var from in Enum.GetValues<DocumentStatus>())
        {
            foreach (var to in Enum.GetValues<DocumentStatus>())
            {
                var isStated = Stated.Contains((StatusNames.Of(from), StatusNames.Of(to)));
                Assert.Equal(isStated, DocumentTransitions.IsAllowed(from, to));
                var refusal = Record.Exception(() => DocumentTransitions.Check(from, to));
                Assert.Equal(isStated, refusal is null);
                if (refusal is not null)
                    Assert.Equal(RefusalCodes.IllegalTransition, Assert.IsType<RefusedException>(refusal).Code);
            }
        }
    }

    [Fact]
    public void Reads_back_every_name_it_writes()
    {
        foreach (var status in Enum.GetValues<DocumentStatus>())
            Assert.Equal(status, StatusNames.Parse(StatusNames.Of(status)));
        Assert.False(StatusNames.TryParse("Completed", out _));
        Assert.False(StatusNames.TryParse(null, out _));
    }
}
