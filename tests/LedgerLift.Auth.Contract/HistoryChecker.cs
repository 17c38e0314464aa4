using System.Globalization;

namespace LedgerLift.Auth.Contract;

/// <summary>
/// Decides whether a history is linearizable (Herlihy and Wing, 1990): whether the calls can be put into one order, each at an instant between call
/// and answer, in which the model gives the answers that were seen. The search is Wing and Gong's (1993), remembering states as Lowe (2017) does.
/// </summary>
/// <remarks>With <c>inSteps</c> a call that needs several commands may happen at several instants, in order, all between call and answer.</remarks>
internal sealed class HistoryChecker(IReadOnlyList<HistoryCall> calls, bool inSteps)
{
    private readonly HashSet<string> _deadEnds = new(StringComparer.Ordinal);

    public bool IsLinearizable(TokenStoreModel start) => Search(start, new int[calls.Count], new string?[calls.Count]);

    /// <summary>Asserts that a history is linearizable, and shows it when it is not.</summary>
    public static void Check(IReadOnlyList<HistoryCall> calls, TokenStoreModel start, bool inSteps) =>
        Assert.True(
            new HistoryChecker(calls, inSteps).IsLinearizable(start),
            $"No order of these calls explains their answers:\n{string.Join('\n', calls.OrderBy(call => call.Made))}"
        );

    private bool Search(TokenStoreModel model, int[] done, string?[] memory)
    {
        if (IsFinished(done))
            return true;
        if (!_deadEnds.Add(Key(model, done, memory)))
            return false;
        var firstAnswer = FirstAnswerOfOpenCalls(done);
        for (var i = 0; i < calls.Count; i++)
            if (done[i] < StepsOf(calls[i]) && calls[i].Made < firstAnswer && TryStep(i, model, done, memory))
                return true;
        return false;
    }

    private bool TryStep(int call, TokenStoreModel model, int[] done, string?[] memory)
    {
        var next = model.Clone();
        var left = memory[call] ?? "";
        var operation = calls[call].Operation;
        var answer = inSteps ? operation.ApplyStep(next, done[call], ref left) : operation.Apply(next);
        int[] nextDone = [.. done];
        nextDone[call] = answer is null ? done[call] + 1 : StepsOf(calls[call]);
        if (answer is not null && calls[call].Answer is { } seen && !seen.Split('|').Contains(answer, StringComparer.Ordinal))
            return false;
        string?[] nextMemory = [.. memory];
        nextMemory[call] = answer is null ? left : null;
        return Search(next, nextDone, nextMemory);
    }

    private int StepsOf(HistoryCall call) => inSteps ? call.Operation.Steps : 1;

    private bool IsFinished(int[] done) =>
        calls.Select((call, i) => call.Answer is null || done[i] == StepsOf(call)).All(finished => finished);

    private long FirstAnswerOfOpenCalls(int[] done) =>
        calls.Where((call, i) => done[i] < StepsOf(call)).Select(call => call.Answered).Min();

    private static string Key(TokenStoreModel model, int[] done, string?[] memory) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', done)};{string.Join(',', memory)};{model}");
}
