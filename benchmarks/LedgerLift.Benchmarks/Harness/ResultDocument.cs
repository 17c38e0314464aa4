namespace LedgerLift.Benchmarks;

/// <summary>What <c>&lt;group&gt;.json</c> holds.</summary>
internal sealed record ResultDocument(
    string Group,
    string Date,
    string Mode,
    int Rounds,
    string Machine,
    IReadOnlyList<FigureElement> Figures,
    IReadOnlyList<ResultRow> Rows
);
