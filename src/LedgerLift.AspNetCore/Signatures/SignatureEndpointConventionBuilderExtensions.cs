using LedgerLift.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LedgerLift.AspNetCore;

/// <summary>Endpoints for signed requests.</summary>
public static class SignatureEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Lets only signed requests through: the signature is verified before parameters are bound. Every bad signature is answered with one and the same 401
    /// <c>invalid_signature</c>, a body over <c>MaxBodyBytes</c> with 413 and read no further. The body is copied nowhere: up to the limit it waits in the server's pipe. A body of
    /// more than 64 KiB, or of unknown length, whose hash was announced (<see cref="SignatureScheme.Canonical"/>) is verified while the endpoint reads it; such an endpoint must not act on it before the
    /// end, where reading throws <see cref="SignedBodyException"/> if it was not the signed one.
    /// </summary>
    /// <typeparam name="TBuilder">The type of the endpoint's builder.</typeparam>
    /// <param name="builder">An endpoint, or a group of them.</param>
    /// <param name="name">The name given to <c>AddLedgerLiftHmacSignatures</c>. When there is none of this name, building the endpoints throws <see cref="InvalidOperationException"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TBuilder RequireHmacSignature<TBuilder>(this TBuilder builder, string name = "")
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        builder.Add(endpoint =>
        {
            var verifier =
                endpoint.ApplicationServices.GetKeyedService<HmacSignatureVerifier>(name)
                ?? throw new InvalidOperationException(
                    $"No verifier '{name}' is registered: call AddLedgerLiftHmacSignatures(\"{name}\", …)."
                );
            var inner = endpoint.RequestDelegate ?? throw new InvalidOperationException("The endpoint has nothing to run.");
            endpoint.RequestDelegate = new SignedEndpoint(inner, verifier).InvokeAsync;
            endpoint.Metadata.Add(new HmacSignatureMetadata(name));
        });
        return builder;
    }
}
