using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

// One sample of every construct that the API text has to show. Nobody uses them.
namespace LedgerLift.ArchitectureTests.Samples;

public delegate TResult Turn<in TSource, out TResult>(TSource source, params string?[] rest)
    where TResult : class?, new();

public interface IShape<T> : IDisposable
    where T : notnull
{
    static abstract int Corners { get; }

    string? Name { get; }

    T? Find(ReadOnlySpan<char> key, out bool found, CancellationToken cancellationToken = default);

    int Size() => 1;
}

[Flags]
public enum Marks : byte
{
    None = 0,
    First = 1,
    Second = 2,
}

public readonly ref struct Window
{
    public ref readonly int First(in int start, ref int end, scoped ReadOnlySpan<byte> rest) =>
        throw new NotSupportedException(nameof(rest));
}

public readonly record struct Point(int X, double Y = 1.5);

public sealed record Person(string Name, int? Age, IReadOnlyDictionary<string, string?>? Tags = null)
{
    public string Nick { get; init; } = "";

    public override string ToString() => Name;
}

public abstract class Animal : IEquatable<Animal>
{
    public const string Text = "a\"b\\\n\u00e9";
    public const Marks Both = Marks.First | Marks.Second;
    public static readonly TimeSpan Wait;
    protected int _legs;

    protected Animal(
        Marks marks = Marks.First,
        decimal price = 1.50m,
        TimeSpan wait = default,
        string? name = null,
        char one = '\'',
        bool? yes = true
    ) { }

    internal Animal(int hidden) => _legs = hidden;

    public event EventHandler<string>? Moved;

    public abstract string this[int index, string? key] { get; protected set; }

    public required string Kind { get; set; }

    protected internal virtual (int Count, string? Label) Tuple() => default;

    public sealed override int GetHashCode() => 0;

    public bool Equals(Animal? other) => false;

    public static implicit operator string(Animal animal) => "";

    public static bool operator ==(Animal? left, Animal? right) => true;

    public static bool operator !=(Animal? left, Animal? right) => false;

    public override bool Equals(object? obj) => false;

    private protected void Hidden() => Moved?.Invoke(this, "");

    public class Box<T>
        where T : unmanaged
    {
        public sealed class Inner<TOther>
            where TOther : Animal, IComparable<TOther>
        {
            public Box<T>.Inner<TOther>? Next { get; private set; }

            public T?[] Values(List<TOther?>?[] items, int[,] grid, Func<TOther, Task<string?>>? make) => [];
        }
    }
}

public static class Extensions
{
    [Obsolete("Use Other.")]
    public static TBuilder With<TBuilder>(
        this TBuilder builder,
        [NotNullWhen(true)] string? name,
        [CallerMemberName] string member = "",
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type? type = null
    )
        where TBuilder : IDisposable, allows ref struct => builder;
}
