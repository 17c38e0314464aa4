using System.Globalization;
using System.Xml.Linq;

namespace LedgerLift.Benchmarks.Tests;

public sealed class StormPictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly StormResult Ours = new("ours", [10, 12, 10, 10], [10, 0, 0, 10], 0.004, 10);
    private static readonly StormResult Polly = new("polly <&>", [10, 40, 40, 10], [10, 0, 0, 10], 4, 10);

    [Fact]
    public void Each_panel_has_a_curve_of_each_side_with_a_point_a_second()
    {
        var curves = Draw().Descendants(Svg + "path").Select(path => path.Attribute("d")!.Value).ToArray();

        Assert.Equal(4, curves.Length);
        Assert.All(curves, curve => Assert.Equal(4, curve.Split('L').Length));
    }

    [Fact]
    public void The_key_says_who_and_how_much()
    {
        var texts = Draw().Descendants(Svg + "text").Select(text => text.Value).ToArray();

        Assert.Contains("ours: under 0.01 calls a request", texts, StringComparer.Ordinal);
        Assert.Contains("polly <&>: 4.00 calls a request", texts, StringComparer.Ordinal);
    }

    [Fact]
    public void The_picture_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = Draw().ToString();
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");

            Assert.Equal(expected, Draw().ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static XElement Draw()
    {
        var second = TimeSpan.FromSeconds(1);
        var panel = new StormPanel("title", Ours, Polly);
        return XElement.Parse(StormPicture.Draw(new StormPlan(10, second, 2 * second, second), panel, panel));
    }
}
