namespace LedgerLift.Logging;

/// <summary>Whether events get the context of the code that writes them. <c>AddLedgerLiftLogging</c> turns it on.</summary>
internal sealed record ContextSwitch(bool IsOn);
