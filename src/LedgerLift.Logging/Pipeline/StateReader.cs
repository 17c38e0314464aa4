using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LedgerLift.Logging;

/// <summary>Reads the pairs of a structured log state without boxing it. One instance a type of state; stateless.</summary>
/// <typeparam name="TState">The type of state.</typeparam>
internal abstract class StateReader<TState>
{
    /// <summary>The reader of this type; null when its values cannot be lists of pairs.</summary>
    public static StateReader<TState>? Instance { get; } = Create();

    /// <summary>Whether the framework made the type, so that its message says nothing that its pairs do not.</summary>
    public static bool IsOfFramework { get; } = StateTypes.IsOfFramework(typeof(TState));

    /// <summary>Whether every event of this type may have another template: what <c>LogInformation</c> makes.</summary>
    public static bool HasAnyTemplate { get; } = StateTypes.HasAnyTemplate(typeof(TState));

    /// <summary>How many pairs.</summary>
    public abstract int Count(in TState state);

    /// <summary>The pair at a place.</summary>
    public abstract KeyValuePair<string, object?> Read(in TState state, int index);

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2060",
        Justification = "The reader's type is named here; its only constructor is kept with it."
    )]
    [SuppressMessage("Major Code Smell", "S3011", Justification = "The method is this file's own; only its type argument is unknown.")]
    private static StateReader<TState>? Create()
    {
        var isList = typeof(IReadOnlyList<KeyValuePair<string, object?>>).IsAssignableFrom(typeof(TState));
        if (!isList && (typeof(TState).IsValueType || typeof(TState).IsSealed))
            return null;

        // A list may also come as an object: so the web host writes what it has to say of requests.
        // Without code generation at run time the pairs are read through the interface: right, and a box dearer.
        if (!typeof(TState).IsValueType || !RuntimeFeature.IsDynamicCodeSupported)
            return new InterfaceStateReader<TState>();

        return (StateReader<TState>)
            ((Func<object>)StateReaderFactory.Create<KeyValuePair<string, object?>[]>)
                .Method.GetGenericMethodDefinition()
                .MakeGenericMethod(typeof(TState))
                .Invoke(obj: null, parameters: null)!;
    }
}
