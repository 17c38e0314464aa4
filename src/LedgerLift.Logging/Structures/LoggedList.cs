namespace LedgerLift.Logging;

/// <summary>A redacted list that writes itself into a message.</summary>
internal sealed class LoggedList : List<object?>
{
    /// <summary>The items with commas between, as the framework writes lists.</summary>
    public override string ToString() => string.Join(", ", this.Select(MessageValue.Of));
}
