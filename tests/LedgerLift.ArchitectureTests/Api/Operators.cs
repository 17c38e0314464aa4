using System.Reflection;

namespace LedgerLift.ArchitectureTests;

/// <summary>The C# spelling of operator methods.</summary>
internal static class Operators
{
    private static readonly Dictionary<string, string> s_symbols = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_UnaryNegation"] = "-",
        ["op_UnaryPlus"] = "+",
        ["op_LogicalNot"] = "!",
        ["op_True"] = "true",
        ["op_False"] = "false",
    };

    /// <summary>Null when the method is no operator.</summary>
    public static string? NameOf(MethodInfo method) =>
        method.IsSpecialName && method.Name.StartsWith("op_", StringComparison.Ordinal)
            ? method.Name switch
            {
                "op_Implicit" => "implicit operator",
                "op_Explicit" => "explicit operator",
                _ => "operator " + s_symbols.GetValueOrDefault(method.Name, method.Name),
            }
            : null;
}
