using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LedgerLift.Telemetry;

/// <summary>A method of a service, and how its work is followed. Immutable and thread-safe.</summary>
internal sealed class TracedMethod
{
    private static readonly ActivitySource Source = new(TelemetryDiagnostics.ActivitySourceName);

    private static readonly ConcurrentDictionary<(MethodInfo Method, Type Service), TracedMethod> Known = new();

    private readonly MethodInfo _method;
    private readonly string _name;
    private readonly Func<Func<object?>, object?> _run;

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Proxies are made only where code can be generated; AddTraced says so.")]
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2060",
        Justification = "The method is this class's own, and its type parameter asks for nothing."
    )]
    [SuppressMessage("Major Code Smell", "S3011", Justification = "The method is this class's own; only its type argument is unknown.")]
    private TracedMethod(MethodInfo method, Type service)
    {
        _method = method;
        _name = $"{service.Name.Split('`')[0]}.{method.Name}";
        _run =
            method.IsSpecialName ? static operation => operation()
            : method.ReturnType == typeof(void) ? RunAs<object?>
            : typeof(TracedMethod)
                .GetMethod(nameof(RunAs), BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(method.ReturnType)
                .CreateDelegate<Func<Func<object?>, object?>>(this);
    }

    public static TracedMethod Of(MethodInfo method, Type service) =>
        Known.GetOrAdd((method, service), static key => new TracedMethod(key.Method, key.Service));

    public object? Invoke(object target, object?[]? args) =>
        _run(() => _method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null));

    // Tasks are told by their type argument as everywhere; that the caller is given the same type is what the proxy needs.
    private object? RunAs<T>(Func<object?> operation) => Traced.Run(Source, _name, () => (T)operation()!);
}
