namespace LedgerLift.Resilience.Tests;

/// <summary>One step of a test that many subjects can take.</summary>
/// <param name="Act">What is done.</param>
/// <param name="Number">The key of the call, for acts on a call; which way, for acts on a clock; else what tells causes apart.</param>
/// <param name="Settings">The new settings, for an update.</param>
internal sealed record BreakerCommand(BreakerAct Act, int Number = 0, BreakerSettingsCase? Settings = null)
{
    /// <summary>Made once, so that the subjects are given the same object.</summary>
    private readonly IOException _cause = new($"{Act} {Number}");

    /// <summary>Whether the outcome of a call is reported, whose key is the number.</summary>
    public bool IsReport => Act is BreakerAct.Succeed or BreakerAct.Fail or BreakerAct.FailWithoutCause or BreakerAct.Ignore;

    /// <summary>Does it, unless it is a matter of the clocks, and returns what the subject answered.</summary>
    public object? ApplyTo(IBreakerSubject subject)
    {
        switch (Act)
        {
            case BreakerAct.Enter:
                return subject.Enter(Number);
            case BreakerAct.Succeed:
                subject.Complete(Number, BreakerReport.Success, cause: null);
                return null;
            case BreakerAct.Fail:
                subject.Complete(Number, BreakerReport.Failure, _cause);
                return null;
            case BreakerAct.FailWithoutCause:
                subject.Complete(Number, BreakerReport.Failure, cause: null);
                return null;
            case BreakerAct.Ignore:
                subject.Complete(Number, BreakerReport.Ignore, cause: null);
                return null;
            case BreakerAct.ReadState:
                return subject.State;
            case BreakerAct.ReadSnapshot:
                return subject.Snapshot();
            default:
                Control(subject);
                return null;
        }
    }

    public override string ToString() => Settings is null ? $"{Act}({Number})" : $"{Act}({Settings})";

    private void Control(IBreakerSubject subject)
    {
        switch (Act)
        {
            case BreakerAct.Isolate:
                subject.Isolate();
                break;
            case BreakerAct.Close:
                subject.Close();
                break;
            case BreakerAct.Trip:
                subject.Trip(_cause);
                break;
            case BreakerAct.TripWithoutCause:
                subject.Trip(cause: null);
                break;
            case BreakerAct.Update:
                subject.Update(Settings!.ToOptions());
                break;
        }
    }
}
