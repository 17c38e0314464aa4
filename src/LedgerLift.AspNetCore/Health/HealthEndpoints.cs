using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.AspNetCore;

/// <summary>What the health endpoints answer.</summary>
internal sealed class HealthEndpoints(HealthReporter reporter, ReadinessGate gate, LedgerLiftHealthOptions options)
{
    public const string ComponentParameter = "component";

    /// <summary>All components.</summary>
    public async Task AllAsync(HttpContext context)
    {
        var snapshot = await reporter.CheckAsync(context.RequestAborted).ConfigureAwait(false);
        await WriteAsync(context, snapshot).ConfigureAwait(false);
    }

    /// <summary>One component.</summary>
    public async Task OneAsync(HttpContext context)
    {
        var name = context.GetRouteValue(ComponentParameter) as string ?? "";
        if (await reporter.CheckAsync(name, context.RequestAborted).ConfigureAwait(false) is { } snapshot)
            await WriteAsync(context, snapshot).ConfigureAwait(false);
        else
            await new ProblemAnswer(StatusCodes.Status404NotFound, AspNetCoreErrorCodes.NotFound)
                .ExecuteAsync(context)
                .ConfigureAwait(false);
    }

    /// <summary>Whether requests should come here.</summary>
    public async Task ReadyAsync(HttpContext context)
    {
        var snapshot = gate.IsOpen()
            ? await reporter.CheckAsync(context.RequestAborted).ConfigureAwait(false)
            : reporter.Alone("the host is shutting down");
        await WriteAsync(context, snapshot).ConfigureAwait(false);
    }

    /// <summary>Whether the process answers: nothing else is asked.</summary>
    public Task LiveAsync(HttpContext context) => HealthWriter.WriteAsync(context, reporter.Alone(), HealthDetail.None);

    private async Task WriteAsync(HttpContext context, HealthSnapshot snapshot) =>
        await HealthWriter.WriteAsync(context, snapshot, await DetailForAsync(context).ConfigureAwait(false)).ConfigureAwait(false);

    private async ValueTask<HealthDetail> DetailForAsync(HttpContext context)
    {
        if (options.Detail is HealthDetail.Full)
            return HealthDetail.Full;

        if (options.ShowsFullDetail is { } rule && await rule(context).ConfigureAwait(false))
            return HealthDetail.Full;

        if (options.FullDetailPolicy is not { } policy)
            return options.Detail;

        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        var result = await authorization.AuthorizeAsync(context.User, resource: null, policy).ConfigureAwait(false);
        return result.Succeeded ? HealthDetail.Full : options.Detail;
    }
}
