namespace LedgerLift.Data.Tests;

public sealed class OutcomeRulesTests
{
    private static readonly ServerEra Then = new("100.5", "00000001");
    private static readonly TransactionMark Mark = new(1000, Then);

    public static TheoryData<string?, string> SameEra =>
        new()
        {
            { "committed", "Committed" },
            { "aborted", "RolledBack" },
            { "in progress", "InProgress" },
            { "future", "Unknown" },
            { null, "Unknown" },
        };

    [Theory]
    [MemberData(nameof(SameEra))]
    public void On_the_same_server_the_status_is_the_outcome(string? status, string expected) =>
        Assert.Equal(expected, Decide(Facts(), status));

    [Theory]
    [InlineData("aborted")]
    [InlineData("in progress")]
    [InlineData("future")]
    public void No_transaction_survives_a_crash_unfinished(string status) =>
        Assert.Equal("RolledBack", Decide(Facts(recovery: "200.5"), status));

    [Theory]
    [InlineData(1001ul, 29.9, "Committed")]
    [InlineData(1001ul, 30.0, "Unknown")]
    [InlineData(1000ul, 29.9, "RolledBack")]
    [InlineData(999ul, 3000.0, "RolledBack")]
    public void An_id_given_out_again_after_a_crash_is_a_strangers(ulong nextId, double secondsSince, string expected) =>
        Assert.Equal(expected, Decide(Facts(recovery: "200.5", nextId: nextId, seconds: secondsSince), "committed"));

    [Theory]
    [InlineData("committed")]
    [InlineData("aborted")]
    [InlineData("in progress")]
    [InlineData("future")]
    public void Another_primary_knows_nothing(string status) => Assert.Equal("Unknown", Decide(Facts(timeline: "00000002"), status));

    [Theory]
    [InlineData("committed", "Unknown")]
    [InlineData("in progress", "Unknown")]
    [InlineData("aborted", "RolledBack")]
    public void Without_an_era_nothing_is_called_committed(string status, string expected) =>
        Assert.Equal(expected, OutcomeRules.Decide(Mark with { Era = null }, Facts(), status).Outcome.ToString());

    [Fact]
    public void An_unknown_outcome_has_a_reason() =>
        Assert.Contains("primary", OutcomeRules.Decide(Mark, Facts(timeline: "00000002"), "committed").Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("0:730", 730ul)]
    [InlineData("1:0", 4294967296ul)]
    [InlineData("2:4294967295", 12884901887ul)]
    public void Control_data_ids_are_read_whole(string text, ulong expected) => Assert.Equal(expected, OutcomeQueries.FullId(text));

    private static string Decide(ServerFacts facts, string? status) => OutcomeRules.Decide(Mark, facts, status).Outcome.ToString();

    private static ServerFacts Facts(string recovery = "100.5", string timeline = "00000001", ulong nextId = 900, double seconds = 5000) =>
        new(new ServerEra(recovery, timeline), nextId, TimeSpan.FromSeconds(seconds));
}
