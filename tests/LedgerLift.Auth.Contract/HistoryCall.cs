namespace LedgerLift.Auth.Contract;

/// <summary>One call as its caller saw it: made and answered at these positions in the order of all calls and answers.</summary>
/// <remarks>Without an answer it may happen at any time after it was made, in part, or never. Several answers that mean the same stand side by side, parted by a bar.</remarks>
internal sealed record HistoryCall(int Caller, TokenOperation Operation, string? Answer, long Made, long Answered)
{
    public override string ToString() => $"[{Made}-{Answered}] caller {Caller}: {Operation} = {Answer ?? "no answer"}";
}
