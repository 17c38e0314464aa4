using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LedgerLift.Logging;

/// <summary>One way through a value. Not thread-safe; made for one value.</summary>
/// <param name="redactor">The rules and limits.</param>
/// <param name="forLog">For a provider: objects of the framework become texts, and what is made can write itself into a message.</param>
internal sealed class StructureWalk(StructureRedactor redactor, bool forLog)
{
    private readonly RedactionBudget _budget = RedactionBudget.For(redactor.MaxItems);
    private readonly List<object> _around = [];

    /// <summary>Whether anything was hidden, cut or turned into another form that shows less.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The value without what must not be shown.</summary>
    public object? Visit(object? value, KeyPath? path, int depth)
    {
        if (value is null)
            return null;

        if (value is string text)
            return VisitText(text, depth);

        var plan = TypePlan.Of(value);
        return plan.Shape switch
        {
            TypeShape.Scalar => value,
            TypeShape.Number => VisitNumber(value),
            TypeShape.Text => VisitCharacters(value, depth),
            TypeShape.Bytes => VisitBytes(value),
            TypeShape.Json => VisitJson(value, path, depth),
            TypeShape.Exception => VisitException((Exception)value),
            TypeShape.Opaque => VisitOpaque(value, depth),
            _ => VisitContainer(value, plan, path, depth),
        };
    }

    private MaskWriter Masks => redactor.Masks;

    private object? VisitContainer(object value, TypePlan plan, KeyPath? path, int depth)
    {
        if (depth >= redactor.MaxDepth || IsAround(value))
            return Changed(Masks.Placeholder);

        if (plan is { Shape: TypeShape.Members, Members.Count: 0 })
            return VisitOpaque(value, depth);

        _around.Add(value);
        try
        {
            return plan.Shape switch
            {
                TypeShape.Dictionary => new SequenceReader(this, redactor, forLog).ReadPairs((IDictionary)value, path, depth),
                TypeShape.Sequence => new SequenceReader(this, redactor, forLog).Read(value, path, depth),
                _ when TypePlan.IsPair(value.GetType()) => new SequenceReader(this, redactor, forLog).ReadPair(value, path, depth),
                _ => VisitMembers(value, plan, path, depth),
            };
        }
        finally
        {
            _around.RemoveAt(_around.Count - 1);
        }
    }

    private bool IsAround(object value) => !value.GetType().IsValueType && _around.Exists(other => ReferenceEquals(other, value));

    /// <summary>A value under a key: hidden when the key says so.</summary>
    public object? VisitMember(string key, object? value, KeyPath? path, int depth)
    {
        if (redactor.IsSensitiveKey(key, path))
            return Changed(redactor.Hide(value));

        return Visit(value, redactor.Keys.UsesPaths ? new KeyPath(path, key) : null, depth + 1);
    }

    /// <summary>Takes a value out of the budget; false when it is used up.</summary>
    public bool TakeValue() => _budget.TakeValue();

    /// <summary>How a key is shown.</summary>
    public string Label(object? key)
    {
        var name = key as string ?? (key is null ? "" : ValueText.Of(key));
        var label = KeyLabel.Of(name, redactor.Text);
        if (!ReferenceEquals(label, name))
            IsChanged = true;

        return label;
    }

    /// <summary>Notes that the result is another than what was given.</summary>
    public T Changed<T>(T instead)
    {
        IsChanged = true;
        return instead;
    }

    private Dictionary<string, object?> VisitMembers(object value, TypePlan plan, KeyPath? path, int depth)
    {
        var before = IsChanged;
        IsChanged = false;
        var result = NewDictionary();
        foreach (var member in plan.Members)
        {
            if (result.Count == redactor.MaxItems || !TakeValue())
            {
                result[Truncation.Name] = Changed(Truncation.Items(plan.Members.Count - result.Count));
                break;
            }

            result[member.Name] = member.TryRead(value, out var read)
                ? VisitMember(member.Name, read, path, depth)
                : Changed(ValueText.Unreadable);
        }

        // A text of its own may tell what no public member does.
        if (!IsChanged && forLog && plan.HasText && redactor.Text.Finds(ValueText.Of(value)))
            IsChanged = true;

        IsChanged |= before;
        return result;
    }

    private string VisitText(string text, int depth)
    {
        if (!_budget.TakeText(text.Length))
            return Changed(Masks.Placeholder);

        var redacted = redactor.Text.Redact(text, depth);
        return ReferenceEquals(redacted, text) ? text : Changed(redacted);
    }

    private object VisitNumber(object value)
    {
        var number = value is ulong unsigned ? unsigned : (ulong)Math.Max(0, (long)value);
        if (!redactor.DetectsValues || !CardBrands.IsCard(number))
            return value;

        return Changed(Masks.Write(RedactionKind.Card, number.ToString(CultureInfo.InvariantCulture)));
    }

    // A URI stays one when there is nothing in it; builders and arrays can change later and become texts.
    private object VisitCharacters(object value, int depth)
    {
        var text = CharacterText.Of(value);
        var redacted = VisitText(text, depth);
        if (!ReferenceEquals(redacted, text))
            return redacted;

        return value is Uri ? value : Changed(text);
    }

    private object VisitOpaque(object value, int depth)
    {
        var text = ValueText.Of(value);
        var redacted = VisitText(text, depth);
        if (forLog)
            return Changed(redacted);

        return ReferenceEquals(redacted, text) ? value : redacted;
    }

    private string VisitBytes(object value)
    {
        LoggingMetrics.Redacted(RedactionKind.Bytes);
        return Changed(BytesText.Of(value));
    }

    private string VisitException(Exception exception) => Changed(new ExceptionRedactor(redactor.Text, redactor).Text(exception));

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A disposed document and a foreign node throw what they like; the value is hidden then."
    )]
    private object? VisitJson(object value, KeyPath? path, int depth)
    {
        try
        {
            var element = value switch
            {
                JsonDocument document => document.RootElement,
                JsonNode node => JsonDocument.Parse(node.ToJsonString()).RootElement,
                _ => (JsonElement)value,
            };
            var redacted = redactor.Text.Json.Redact(element, path, depth, out var changed);
            if (changed)
                return Changed(redacted);

            return value;
        }
        catch (Exception)
        {
            return Changed(ValueText.Unreadable);
        }
    }

    private Dictionary<string, object?> NewDictionary() =>
        forLog ? new LoggedDictionary() : new Dictionary<string, object?>(StringComparer.Ordinal);
}
