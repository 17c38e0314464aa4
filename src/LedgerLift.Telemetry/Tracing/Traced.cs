using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LedgerLift.Telemetry;

/// <summary>
/// Runs an operation inside a span that ends with the work: behind the task or the stream, when the operation gives one. Results and exceptions are those of the operation. Work that
/// returns is <c>Ok</c>, work that throws an error with <c>error.type</c>, work that was cancelled neither. Without a listener the operation is called and nothing else happens.
/// </summary>
/// <remarks>Safe to use from any thread. While the operation runs, the span is the current activity for it and for what it starts, and not for the code behind the call.</remarks>
public static class Traced
{
#pragma warning disable VSTHRD200 // One name for every shape of work: the overload follows what the operation gives.
    /// <summary>Runs an operation whose result is there when it returns.</summary>
    /// <typeparam name="T">The type of the result. A task, value task or stream is followed all the same, also where only the type argument says what it is.</typeparam>
    /// <param name="source">Makes the span.</param>
    /// <param name="name">The span's name; one of few.</param>
    /// <param name="operation">The work.</param>
    /// <returns>What the operation returned.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static T Run<T>(ActivitySource source, string name, Func<T> operation)
    {
        Check(source, name, operation);
        if (TracedShape<T>.StreamWrapper is { } wrap)
            return wrap(TracedSpan.Open(source, name, operation), source, name);

        return source.StartActivity(name) is { } span ? TracedShape<T>.Follow(TracedSpan.Begin(span, operation), span) : operation();
    }

    /// <summary>Runs an operation without a result.</summary>
    /// <inheritdoc cref="Run{T}(ActivitySource, string, Func{T})"/>
    public static void Run(ActivitySource source, string name, Action operation)
    {
        Check(source, name, operation);
        using var _ = Run(
            source,
            name,
            () =>
            {
                operation();
                return default(IDisposable);
            }
        );
    }

    /// <summary>Runs an operation; the span ends with its task.</summary>
    /// <inheritdoc cref="Run{T}(ActivitySource, string, Func{T})"/>
    [OverloadResolutionPriority(1)]
    public static Task Run(ActivitySource source, string name, Func<Task> operation)
    {
        Check(source, name, operation);
        return source.StartActivity(name) is { } span ? TracedTask.FollowAsync(TracedSpan.Begin(span, operation), span) : operation();
    }

    /// <summary>Runs an operation; the span ends with its task.</summary>
    /// <inheritdoc cref="Run{T}(ActivitySource, string, Func{T})"/>
    [OverloadResolutionPriority(1)]
    public static Task<T> Run<T>(ActivitySource source, string name, Func<Task<T>> operation)
    {
        Check(source, name, operation);
        return source.StartActivity(name) is { } span ? TracedTask.FollowAsync(TracedSpan.Begin(span, operation), span) : operation();
    }

    /// <summary>Runs an operation; the span ends with its value task.</summary>
    /// <inheritdoc cref="Run{T}(ActivitySource, string, Func{T})"/>
    public static ValueTask Run(ActivitySource source, string name, Func<ValueTask> operation)
    {
        Check(source, name, operation);
        return source.StartActivity(name) is { } span ? TracedTask.FollowAsync(TracedSpan.Begin(span, operation), span) : operation();
    }

    /// <summary>Runs an operation; the span ends with its value task.</summary>
    /// <inheritdoc cref="Run{T}(ActivitySource, string, Func{T})"/>
    public static ValueTask<T> Run<T>(ActivitySource source, string name, Func<ValueTask<T>> operation)
    {
        Check(source, name, operation);
        return source.StartActivity(name) is { } span ? TracedTask.FollowAsync(TracedSpan.Begin(span, operation), span) : operation();
    }

    /// <summary>Runs an operation that gives a stream; each enumeration of it is a span, from its first step to its disposal.</summary>
    /// <inheritdoc cref="Run{T}(ActivitySource, string, Func{T})"/>
    public static IAsyncEnumerable<T> Run<T>(ActivitySource source, string name, Func<IAsyncEnumerable<T>> operation)
    {
        Check(source, name, operation);
        return new TracedStream<T>(source, name, TracedSpan.Open(source, name, operation));
    }

#pragma warning restore VSTHRD200

    /// <inheritdoc cref="Run(ActivitySource, string, Func{Task})"/>
    [OverloadResolutionPriority(1)]
    public static Task RunAsync(ActivitySource source, string name, Func<Task> operation) => Run(source, name, operation);

    /// <inheritdoc cref="Run{T}(ActivitySource, string, Func{Task{T}})"/>
    [OverloadResolutionPriority(1)]
    public static Task<T> RunAsync<T>(ActivitySource source, string name, Func<Task<T>> operation) => Run(source, name, operation);

    /// <inheritdoc cref="Run(ActivitySource, string, Func{ValueTask})"/>
    public static ValueTask RunAsync(ActivitySource source, string name, Func<ValueTask> operation) => Run(source, name, operation);

    /// <inheritdoc cref="Run{T}(ActivitySource, string, Func{ValueTask{T}})"/>
    public static ValueTask<T> RunAsync<T>(ActivitySource source, string name, Func<ValueTask<T>> operation) =>
        Run(source, name, operation);

    /// <inheritdoc cref="Run{T}(ActivitySource, string, Func{IAsyncEnumerable{T}})"/>
    public static IAsyncEnumerable<T> RunAsync<T>(ActivitySource source, string name, Func<IAsyncEnumerable<T>> operation) =>
        Run(source, name, operation);

    private static void Check(ActivitySource source, string name, Delegate operation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(operation);
    }
}
