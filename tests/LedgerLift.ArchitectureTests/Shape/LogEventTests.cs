using System.Reflection;
using Microsoft.Extensions.Logging;

namespace LedgerLift.ArchitectureTests;

public sealed class LogEventTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Names => Packages.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Event_ids_lie_in_the_band_of_the_package(string name)
    {
        var band = Packages.Named(name).EventIds;

        Faults.None(
            band is { } first ? $"Log events of {name} outside {first}..{first + 999}:" : $"{name} owns no event ids and writes no log:",
            Events(name).Where(each => band is null || each.Id < band || each.Id > band + 999).Select(each => each.ToString())
        );
    }

    [Fact]
    public void No_event_id_is_used_twice() =>
        Faults.None(
            "Event ids used by more than one message:",
            Packages
                .All.SelectMany(package => Events(package.Name))
                .GroupBy(each => each.Id)
                .Where(group => group.Count() > 1)
                .Select(group => string.Join(", ", group))
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void All_messages_of_a_package_stand_in_one_class_named_Log(string name) =>
        Faults.None(
            "Messages outside the `internal static partial class Log` of their package:",
            Events(name).Where(each => !each.Method.StartsWith("Log.", StringComparison.Ordinal)).Select(each => each.ToString())
        );

    private static IEnumerable<(int Id, string Method)> Events(string package) =>
        BuiltAssembly
            .Load(package)
            .GetTypes()
            .SelectMany(type => type.GetMethods(All))
            .Select(method => (method, message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(each => each.message is not null)
            .Select(each => (each.message!.EventId, $"{each.method.DeclaringType!.Name}.{each.method.Name}"));
}
