using System.Runtime.CompilerServices;

namespace LedgerLift.Logging;

/// <summary>
/// The plans of the templates seen last. A fixed number of places, two for each template: however many templates there are, memory stays what it is, and a
/// template that lost its place is planned again. Thread-safe without locks: a place holds an immutable plan or null, and is written by one reference.
/// </summary>
internal sealed class TemplateCache(PiiRedactor redactor)
{
    private const int Places = 4096;
    private const int Mask = Places - 1;

    private readonly TemplatePlan?[] _plans = new TemplatePlan?[Places];

    /// <summary>How many plans are kept at the moment.</summary>
    public int Count => _plans.Count(static plan => plan is not null);

    /// <summary>The plan of a template with a type of state.</summary>
    public TemplatePlan Get<TState>(string template, StateReader<TState> reader, in TState state, int count)
    {
        // What comes as an object has the pairs of its own type.
        var type = typeof(TState).IsValueType ? typeof(TState) : state!.GetType();
        var place = RuntimeHelpers.GetHashCode(template) & Mask;
        var plan = Volatile.Read(ref _plans[place]);
        if (Is(plan, template, type))
            return plan!;

        plan = Volatile.Read(ref _plans[place ^ 1]);
        return Is(plan, template, type) ? plan! : Add(place, template, type, reader, state, count);
    }

    private static bool Is(TemplatePlan? plan, string template, Type type) =>
        plan is not null && ReferenceEquals(plan.Template, template) && plan.StateType == type;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TemplatePlan Add<TState>(int place, string template, Type type, StateReader<TState> reader, in TState state, int count)
    {
        var keys = new string[count - 1];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = reader.Read(state, i).Key;

        var plan = TemplatePlanner.Plan(redactor, template, type, keys);
        if (Volatile.Read(ref _plans[place]) is not null && Volatile.Read(ref _plans[place ^ 1]) is null)
            place ^= 1;

        Volatile.Write(ref _plans[place], plan);
        return plan;
    }
}
