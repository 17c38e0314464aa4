namespace LedgerLift.Resilience.Tests;

/// <summary>
/// The choices of one run, and the step to the next run: a depth-first walk over all interleavings with at most so many preemptions. A bound of two or three
/// finds nearly every race (M. Musuvathi, S. Qadeer, "Iterative Context Bounding for Systematic Testing of Multithreaded Programs", PLDI 2007).
/// </summary>
internal sealed class InterleavingPlan(int maxPreemptions = int.MaxValue)
{
    private readonly List<(int Choice, int Options)> _choices = [];
    private int _position;
    private int _preemptions;

    /// <summary>The choices of the run, for messages.</summary>
    internal string Path => string.Join(',', _choices.Select(step => step.Choice));

    internal int Next(int options, bool preempts)
    {
        if (preempts && _preemptions >= maxPreemptions)
            options = 1;
        if (_position == _choices.Count)
            _choices.Add((0, options));
        var choice = _choices[_position++].Choice;
        if (preempts && choice > 0)
            _preemptions++;
        return choice;
    }

    /// <summary>Prepares the next run; false when every one was made.</summary>
    internal bool Advance()
    {
        _position = 0;
        _preemptions = 0;
        while (_choices is [.., var (choice, options)])
        {
            _choices.RemoveAt(_choices.Count - 1);
            if (choice + 1 < options)
            {
                _choices.Add((choice + 1, options));
                return true;
            }
        }

        return false;
    }
}
