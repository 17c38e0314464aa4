using System.Text.Json;

namespace LedgerLift.Logging;

/// <summary>One way through a JSON value: where it is written, what is left to spend, and whether anything was hidden.</summary>
internal sealed class JsonWalk(Utf8JsonWriter writer, RedactionBudget budget)
{
    public Utf8JsonWriter Writer => writer;

    public RedactionBudget Budget => budget;

    public bool IsChanged { get; set; }
}
