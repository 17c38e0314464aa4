using System.Globalization;

namespace LedgerLift.Testing;

/// <summary>Which of a rule's matches, counted over all connections in the order they happen, make the fault.</summary>
public sealed record FaultSchedule
{
    /// <summary>The first match, once.</summary>
    public static FaultSchedule Once { get; } = new();

    /// <summary>Every match.</summary>
    public static FaultSchedule EveryTime { get; } = new() { Times = int.MaxValue };

    /// <summary>The first match that may make the fault, from 1 (the default); earlier ones pass.</summary>
    public int FromOccurrence { get; init; } = 1;

    /// <summary>How often the fault happens at most; 1 by default.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The probability that a match makes the fault, from 0 to 1 (the default); below 1 <see cref="Random"/> must be given.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Where chance comes from, a <see cref="SeededRandom"/> as a rule. Draws are taken one at a time, whatever the thread.</summary>
    public Random? Random { get; init; }

    /// <summary>The schedule itself, or <see cref="Once"/> for null.</summary>
    /// <exception cref="ArgumentException">A value makes no sense.</exception>
    internal static FaultSchedule Checked(FaultSchedule? schedule)
    {
        schedule ??= Once;
        var fault = schedule switch
        {
            { FromOccurrence: < 1 } => $"FromOccurrence is {schedule.FromOccurrence}; give 1 or more.",
            { Times: < 0 } => $"Times is {schedule.Times}; give 0 or more.",
            { Probability: not (>= 0 and <= 1) } => string.Create(
                CultureInfo.InvariantCulture,
                $"Probability is {schedule.Probability}; give 0 to 1."
            ),
            { Probability: < 1, Random: null } => "A probability below 1 needs Random: give a SeededRandom.",
            _ => null,
        };
        return fault is null ? schedule : throw new ArgumentException(fault, nameof(schedule));
    }

    internal bool Draw()
    {
        if (Random is null)
            return true;
        lock (Random)
            return Random.NextDouble() < Probability;
    }
}
