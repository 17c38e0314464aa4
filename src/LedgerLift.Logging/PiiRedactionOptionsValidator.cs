using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace LedgerLift.Logging;

/// <summary>Reports every fault of <see cref="PiiRedactionOptions"/>. The pseudonym key is never printed.</summary>
internal sealed class PiiRedactionOptionsValidator : IValidateOptions<PiiRedactionOptions>
{
    private const int MaxPlaceholder = 64;
    private const int MinPseudonymKey = 32;

    public ValidateOptionsResult Validate(string? name, PiiRedactionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new ValidateOptionsResultBuilder();
        if (!IsPlaceholder(options.Placeholder))
        {
            var form = string.Create(
                CultureInfo.InvariantCulture,
                $"1 to {MaxPlaceholder} characters without quotes, backslashes and control characters"
            );
            Add(faults, nameof(options.Placeholder), $"'{options.Placeholder}'", form);
        }

        AddRange(faults, nameof(options.MaxDepth), options.MaxDepth, 1, 64);
        AddRange(faults, nameof(options.MaxItems), options.MaxItems, 1, 10_000);
        AddRange(faults, nameof(options.MaxScanLength), options.MaxScanLength, 256, 1_048_576);
        AddPatterns(faults, nameof(options.AdditionalKeyPatterns), options.AdditionalKeyPatterns, KeyPatternKind.Contains);
        AddPatterns(faults, nameof(options.AllowedKeys), options.AllowedKeys, KeyPatternKind.Exact);
        AddMasks(faults, options);
        return faults.Build();
    }

    // Quotes and escapes would change what the text around the placeholder means.
    private static bool IsPlaceholder(string? placeholder) =>
        !string.IsNullOrWhiteSpace(placeholder)
        && placeholder.Length <= MaxPlaceholder
        && !placeholder.Any(static character => char.IsControl(character) || character is '"' or '\'' or '`' or '\\');

    private static void AddRange(ValidateOptionsResultBuilder faults, string option, int value, int low, int high)
    {
        if (value < low || value > high)
            Add(
                faults,
                option,
                $"{value.ToString(CultureInfo.InvariantCulture)}",
                string.Create(CultureInfo.InvariantCulture, $"{low} to {high}")
            );
    }

    private static void AddPatterns(ValidateOptionsResultBuilder faults, string option, ISet<string>? patterns, KeyPatternKind usual)
    {
        if (patterns is null)
            Add(faults, option, "null", "a set, empty for none");

        foreach (var pattern in patterns ?? new HashSet<string>(StringComparer.Ordinal))
        {
            if (!KeyPattern.TryParse(pattern, usual, out _, out var fault))
                faults.AddError($"{option} holds '{pattern}', which {fault}.", option);
        }
    }

    private static void AddMasks(ValidateOptionsResultBuilder faults, PiiRedactionOptions options)
    {
        if (options.Masks is null)
        {
            Add(faults, nameof(options.Masks), "null", "a dictionary, empty for none");
            return;
        }

        var used = options.Masks.Values.Append(options.Mask).ToHashSet();
        foreach (var mask in used.Where(static mask => !Enum.IsDefined(mask)))
            Add(faults, nameof(options.Mask), $"{mask}", string.Join(", ", Enum.GetNames<RedactionMask>()));

        foreach (var kind in options.Masks.Keys.Where(static kind => !Enum.IsDefined(kind)))
            Add(faults, nameof(options.Masks), $"{kind}", string.Join(", ", Enum.GetNames<RedactionKind>()));

        var length = Encoding.UTF8.GetByteCount(options.PseudonymKey ?? "");
        if ((used.Contains(RedactionMask.Pseudonym) || options.PseudonymKey is not null) && length < MinPseudonymKey)
            Add(faults, nameof(options.PseudonymKey), string.Create(CultureInfo.InvariantCulture, $"{length} bytes"), "32 or more");
    }

    private static void Add(ValidateOptionsResultBuilder faults, string option, string value, string expected) =>
        faults.AddError($"{option} is {value}; expected {expected}.", option);
}
