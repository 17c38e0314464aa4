using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LedgerLift.Telemetry;

/// <summary>Follows work of which only the type argument says what it is: a task, a value task, a stream, or a value that is there at once.</summary>
/// <typeparam name="T">What the operation returns.</typeparam>
internal static class TracedShape<T>
{
    private static readonly Func<T, Activity, T>? ValueTaskFollower = Create<Func<T, Activity, T>>(
        typeof(ValueTask<>),
        nameof(FollowValueTaskAsync)
    );

    /// <summary>Wraps a stream; null when T is none.</summary>
    public static Func<T, ActivitySource, string, T>? StreamWrapper { get; } =
        Create<Func<T, ActivitySource, string, T>>(typeof(IAsyncEnumerable<>), nameof(WrapStreamAsync));

    /// <summary>The value that the caller is given; the span ends with it.</summary>
    public static T Follow(T value, Activity span)
    {
        if (ValueTaskFollower is not null)
            return ValueTaskFollower(value, span);

        switch (value)
        {
            case Task task:
                TracedTask.Watch(task, span);
                return value;
            case ValueTask task:
#pragma warning disable CA2012 // It is handed on once, as the type it came as.
                return (T)(object)TracedTask.FollowAsync(task, span);
#pragma warning restore CA2012
            default:
                TracedSpan.Succeed(span);
                return value;
        }
    }

    private static ValueTask<TResult> FollowValueTaskAsync<TResult>(ValueTask<TResult> task, Activity span) =>
        TracedTask.FollowAsync(task, span);

    private static TracedStream<TItem> WrapStreamAsync<TItem>(IAsyncEnumerable<TItem> stream, ActivitySource source, string name) =>
        new TracedStream<TItem>(source, name, stream);

    // Without code generation at run time these are not told from plain values: the span then ends when the operation returns.
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2060",
        Justification = "The methods are this class's own, and their type parameters ask for nothing."
    )]
    [SuppressMessage("Major Code Smell", "S3011", Justification = "The methods are this class's own; only their type argument is unknown.")]
    private static TFollower? Create<TFollower>(Type shape, string method)
        where TFollower : Delegate =>
        RuntimeFeature.IsDynamicCodeSupported && typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == shape
            ? typeof(TracedShape<T>)
                .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(typeof(T).GenericTypeArguments)
                .CreateDelegate<TFollower>()
            : null;
}
