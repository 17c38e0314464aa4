using System.Buffers;
using Microsoft.Extensions.Options;

namespace LedgerLift.Storage;

/// <summary>Reports every fault of <see cref="UploadPolicyOptions"/> at once.</summary>
internal sealed class UploadPolicyOptionsValidator : IValidateOptions<UploadPolicyOptions>
{
    private const int MinNameBytes = 16;
    private const int MaxNameBytes = 1024;

    private static readonly SearchValues<char> EndingCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    );

    public ValidateOptionsResult Validate(string? name, UploadPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        if (options.MaxBytes < 1)
            result.AddError($"must be 1 or more, but is {options.MaxBytes}.", nameof(options.MaxBytes));
        if (options.MaxFileNameBytes is < MinNameBytes or > MaxNameBytes)
            result.AddError(
                $"must be {MinNameBytes} to {MaxNameBytes}, but is {options.MaxFileNameBytes}.",
                nameof(options.MaxFileNameBytes)
            );
        if (options.AllowedTypes is not { Count: > 0 } types)
            result.AddError("must name at least one type.", nameof(options.AllowedTypes));
        else
            foreach (var (type, endings) in types)
                CheckType(type, endings, result);
        return result.Build();
    }

    private static void CheckType(string type, string[]? endings, ValidateOptionsResultBuilder result)
    {
        var option = $"{nameof(UploadPolicyOptions.AllowedTypes)}[{type}]";
        if (MediaType.Parse(type) is null || type.Contains(';', StringComparison.Ordinal))
            result.AddError("must be a media type such as application/pdf, without parameters.", option);
        if (endings is not { Length: > 0 })
            result.AddError("must have at least one file ending.", option);
        else
            foreach (
                var ending in endings.Where(ending => string.IsNullOrEmpty(ending) || ending.AsSpan().ContainsAnyExcept(EndingCharacters))
            )
                result.AddError($"must have endings of ASCII letters and digits without the dot, but one is '{ending}'.", option);
    }
}
