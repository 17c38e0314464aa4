namespace LedgerLift.Benchmarks;

/// <summary>What one set of clients did to the dependency, and what they got from it.</summary>
/// <param name="Name">Who the clients were.</param>
/// <param name="CallsPerSecond">What arrived at the dependency, by second from the start.</param>
/// <param name="AnswersPerSecond">Requests that ended well, by second.</param>
/// <param name="CallsPerRequest">Calls in the dead time over requests begun in it.</param>
/// <param name="PeakAfterReturn">The most calls of one second after the dependency has come back: what it meets when it is weakest.</param>
internal sealed record StormResult(
    string Name,
    IReadOnlyList<int> CallsPerSecond,
    IReadOnlyList<int> AnswersPerSecond,
    double CallsPerRequest,
    int PeakAfterReturn
);
