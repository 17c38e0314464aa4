namespace LedgerLift.Resilience.Tests;

/// <summary>A dependency that answers as written down: an exception is thrown, anything else returned; the last line repeats.</summary>
internal sealed class ScriptedDependency(params object[] answers)
{
    internal int Calls { get; private set; }

    internal ValueTask<string> CallAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = answers[Math.Min(Calls++, answers.Length - 1)];
        return answer is Exception failure ? ValueTask.FromException<string>(failure) : new ValueTask<string>((string)answer);
    }
}
