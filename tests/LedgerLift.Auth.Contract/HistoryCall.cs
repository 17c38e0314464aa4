namespace LedgerLift.Auth.Contract;

/// <summary>One call as its caller saw it: made and answered at these positions in the order of all calls and answers.</summary>
internal sealed record HistoryCall(int Caller, TokenOperation Operation, string Answer, long Made, long Answered)
{
    public override string ToString() => $"[{Made}-{Answered}] caller {Caller}: {Operation} = {Answer}";
}
