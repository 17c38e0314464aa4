using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace DocumentPipeline;

/// <summary>
/// Counts the pages of a PDF where no tool is installed: this program starts itself once more for it, with less memory and
/// less time, for the document may be hostile.
/// </summary>
public static class PageCounter
{
    /// <summary>What artifacts made by it are marked with.</summary>
    internal const string Engine = "page-counter";

    private const string Command = "count-pdf-pages";

    /// <summary>Whether this process was started to count. Programs ask this before anything else.</summary>
    public static bool IsAsked(string[] arguments) => arguments is [Command];

    /// <summary>Counts the pages of the document on standard input.</summary>
    /// <returns>The exit code.</returns>
    public static int Run()
    {
        try
        {
            using var content = new MemoryStream();
            using (var input = Console.OpenStandardInput())
                input.CopyTo(content);
            var pages = PageTree.Count(content.ToArray());
            if (pages == 0)
                return 1;
            Console.Out.Write(pages.ToString(CultureInfo.InvariantCulture));
            return 0;
        }
#pragma warning disable CA1031 // The document is hostile; whatever it provokes, the exit code says it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return 1;
        }
    }

    internal static async Task<int> CountAsync(Stream content, ExtractionLimits limits, CancellationToken cancellationToken)
    {
        var (program, arguments) = Self();
        var process = new LimitedProcess(program, arguments, limits)
        {
            // The runtime reserves far more address space than it uses: its own limit is the one that counts.
            MemoryBytes = 0,
            Environment = Variables(limits),
        };
        var text = await process.RunAsync(content, ReadText, cancellationToken);
        return int.TryParse(text, CultureInfo.InvariantCulture, out var pages) && pages > 0
            ? pages
            : throw new UnreadableException("The document has no page.");
    }

    private static string ReadText(Stream output)
    {
        using var reader = new StreamReader(output);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, string> Variables(ExtractionLimits limits)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_GCHeapHardLimit"] = limits.MemoryBytes.ToString("x", CultureInfo.InvariantCulture),
            // Its sockets would stay behind in the folder of temporary files when it is killed.
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        foreach (var name in (string[])["PATH", "HOME", "DOTNET_ROOT", "TMPDIR"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                variables[name] = value;
        }

        return variables;
    }

    private static (string Program, string[] Arguments) Self()
    {
        var program = Environment.ProcessPath ?? throw new UnreachableException("A process has a path.");
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.Ordinal);
        var entry = Assembly.GetEntryAssembly()!.Location;
        return isHost ? (program, [entry, Command]) : (program, [Command]);
    }
}
