using System.Globalization;
using System.Security;
using System.Text;

namespace LedgerLift.Benchmarks;

/// <summary>Draws calls a second against time, one panel under the other; colours that hold on a light and on a dark page.</summary>
internal static class StormPicture
{
    private const int Width = 860;
    private const int PanelHeight = 230;
    private const int Left = 60;
    private const int Right = 36;
    private const int Top = 58;
    private const int Bottom = 44;

    public static string Draw(StormPlan plan, params IReadOnlyList<StormPanel> panels)
    {
        var svg = new StringBuilder();
        var height = panels.Count * (Top + PanelHeight + Bottom);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img">"""
        );
        svg.Append("<title>Calls a second at a dependency that is dead for five minutes</title>\n");
        svg.Append(Style);
        for (var i = 0; i < panels.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(0 {i * (Top + PanelHeight + Bottom)})\">\n");
            AppendPanel(svg, plan, panels[i]);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private const string Style = """
        <style>
        text{font:13px system-ui,sans-serif;fill:#6e7781} .title{font-weight:600} .grid{stroke:#8c959f;stroke-opacity:.35}
        .dead{fill:#8c959f;fill-opacity:.16} path{fill:none;stroke-linejoin:round} .ours{stroke:#12976c;stroke-width:1.6} .polly{stroke:#d9681d;stroke-width:3.2}
        .ourskey{fill:#12976c} .pollykey{fill:#d9681d}
        @media(prefers-color-scheme:dark){text{fill:#c9d1d9} .ours{stroke:#3fb98f} .polly{stroke:#f0883e} .ourskey{fill:#3fb98f} .pollykey{fill:#f0883e}}
        </style>

        """;

    private static void AppendPanel(StringBuilder svg, StormPlan plan, StormPanel panel)
    {
        var ceiling = NiceCeiling(Math.Max(panel.Ours.CallsPerSecond.Max(), panel.Polly.CallsPerSecond.Max()));
        double X(double second) => Left + (second / plan.Total.TotalSeconds * (Width - Left - Right));
        double Y(double calls) => Top + PanelHeight - (calls / ceiling * PanelHeight);

        AppendGrid(svg, plan, ceiling, X, Y);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"title\" x=\"{Left}\" y=\"18\">{Escape(panel.Title)}: calls a second</text>\n"
        );
        AppendCurve(svg, panel.Polly, "polly", Left, X, Y);
        AppendCurve(svg, panel.Ours, "ours", 420, X, Y);
    }

    private static void AppendGrid(StringBuilder svg, StormPlan plan, int ceiling, Func<double, double> x, Func<double, double> y)
    {
        var (dead, back) = (x(plan.Before.TotalSeconds), x((plan.Before + plan.Dead).TotalSeconds));
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"dead\" x=\"{dead:0.#}\" y=\"{Top}\" width=\"{back - dead:0.#}\" height=\"{PanelHeight}\"/>\n"
        );
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{dead + 6:0.#}\" y=\"{Top + 16}\">the dependency is dead</text>\n");
        for (var calls = 0; calls <= ceiling; calls += ceiling / 4)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y(calls):0.#}\" y2=\"{y(calls):0.#}\"/>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 8}\" y=\"{y(calls) + 4:0.#}\" text-anchor=\"end\">{calls}</text>\n"
            );
        }

        for (var minute = 0; minute <= plan.Total.TotalMinutes; minute++)
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{x(minute * 60):0.#}\" y=\"{Top + PanelHeight + 18}\" text-anchor=\"middle\">{minute} min</text>\n"
            );
    }

    private static void AppendCurve(
        StringBuilder svg,
        StormResult result,
        string kind,
        int keyAt,
        Func<double, double> x,
        Func<double, double> y
    )
    {
        var perRequest =
            result.CallsPerRequest < 0.005 ? "under 0.01" : result.CallsPerRequest.ToString("0.00", CultureInfo.InvariantCulture);
        var points = result.CallsPerSecond.Select(
            (calls, second) => string.Create(CultureInfo.InvariantCulture, $"{x(second + 0.5):0.#} {y(calls):0.#}")
        );
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{kind}\" d=\"M{string.Join('L', points)}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}key\" x=\"{keyAt}\" y=\"35\" width=\"16\" height=\"4\"/>");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{keyAt + 22}\" y=\"42\">{Escape(result.Name)}: {perRequest} calls a request</text>\n"
        );
    }

    private static string Escape(string text) => SecurityElement.Escape(text);

    // A quarter of it is a round number too.
    private static int NiceCeiling(int largest)
    {
        var power = 1;
        while (20 * power < largest)
            power *= 10;

        return ((IEnumerable<int>)[4 * power, 6 * power, 8 * power, 12 * power, 20 * power]).First(ceiling => ceiling >= largest);
    }
}
