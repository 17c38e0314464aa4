using Microsoft.Extensions.Options;

namespace LedgerLift.AspNetCore;

/// <summary>Reports every fault of <see cref="RequestTracingOptions"/>.</summary>
internal sealed class RequestTracingOptionsValidator : IValidateOptions<RequestTracingOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestTracingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new ValidateOptionsResultBuilder();
        if (options.ExcludedPaths is null)
            faults.AddError("must not be null.", nameof(options.ExcludedPaths));

        foreach (var path in (options.ExcludedPaths ?? []).Where(static path => path is not ['/' or '*', ..]))
            faults.AddError($"must begin with / or *, but there is '{path}'.", nameof(options.ExcludedPaths));

        if (!Enum.IsDefined(options.StatusConvention))
            faults.AddError($"must be one of its names, but is {options.StatusConvention}.", nameof(options.StatusConvention));

        return faults.Build();
    }
}
