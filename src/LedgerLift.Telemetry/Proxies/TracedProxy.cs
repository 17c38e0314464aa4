using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LedgerLift.Telemetry;

/// <summary>Stands before a service and runs its methods in spans. Its sub-class is generated, so it cannot be sealed.</summary>
internal class TracedProxy<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TService> : DispatchProxy
    where TService : class
{
    private TService _target = null!;

    [RequiresDynamicCode("The proxy's type is generated at run time.")]
    public static TService Create(TService target)
    {
        var proxy = Create<TService, TracedProxy<TService>>();
        ((TracedProxy<TService>)(object)proxy)._target = target;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        return TracedMethod.Of(targetMethod, typeof(TService)).Invoke(_target, args);
    }
}
