namespace LedgerLift.Logging;

/// <summary>A redacted object that writes itself into a message.</summary>
internal sealed class LoggedDictionary() : Dictionary<string, object?>(StringComparer.Ordinal)
{
    /// <summary>Such as <c>{ Name = Ada, Password = [REDACTED] }</c>.</summary>
    public override string ToString() =>
        Count == 0 ? "{ }" : $"{{ {string.Join(", ", this.Select(static pair => $"{pair.Key} = {MessageValue.Of(pair.Value)}"))} }}";
}
