using Microsoft.AspNetCore.Http;

namespace LedgerLift.AspNetCore;

/// <summary>What stands for a method in telemetry: callers can invent methods.</summary>
internal static class MethodName
{
    public const string Other = "_OTHER";

    public static string Of(string method) =>
        HttpMethods.GetCanonicalizedValue(method) switch
        {
            "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "PATCH" or "OPTIONS" or "TRACE" or "CONNECT" =>
                HttpMethods.GetCanonicalizedValue(method),
            _ => Other,
        };
}
