using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace LedgerLift.AspNetCore;

/// <summary>What this package logs: event ids 8000 to 8999. Routes are templates, never paths.</summary>
internal static partial class Log
{
    [LoggerMessage(8000, LogLevel.Error, "{Method} {Route} failed and was answered with {Status} {Code}.")]
    internal static partial void RequestFailed(ILogger logger, Exception failure, string method, string route, int status, string code);

    [LoggerMessage(8001, LogLevel.Information, "{Method} {Route} was refused with {Status} {Code} ({FailureType}).")]
    internal static partial void RequestRefused(ILogger logger, string method, string route, int status, string code, Type failureType);

    [LoggerMessage(8002, LogLevel.Error, "A rule for failures threw; it is passed over.")]
    internal static partial void FailureRuleFailed(ILogger logger, Exception failure);

    [LoggerMessage(8010, LogLevel.Warning, "The token store cannot say whether a token counts; the caller is not let in.")]
    internal static partial void TokenStoreFailed(ILogger logger, Exception failure);

    [LoggerMessage(8020, LogLevel.Warning, "The component {Component} is {Health}.")]
    internal static partial void ComponentFailed(ILogger logger, Exception? failure, string component, HealthStatus health);

    [LoggerMessage(8021, LogLevel.Information, "The component {Component} is healthy again.")]
    internal static partial void ComponentRecovered(ILogger logger, string component);

    [LoggerMessage(8022, LogLevel.Information, "Readiness is off; the host goes on serving for {Delay} before it stops.")]
    internal static partial void Draining(ILogger logger, TimeSpan delay);
}
