using SpotifyCore.Architecture.Tests.Code;

namespace SpotifyCore.Architecture.Tests.Rules;

/// <summary>
/// What needs much to be made does too much. A tuple is as many as its members, and a record that holds parts which do
/// something counts as any class; one of values alone is its members.
/// </summary>
public sealed class ConstructorTests
{
    private const int Most = 5;

    private static readonly string[] Parts = ["TimeProvider", "Func`", "Action", "Random", "IServiceProvider"];

    [Fact]
    public void Constructors_TakeAtMostFive()
    {
        var data = Product.Projects
            .SelectMany(static project => project.Types)
            .Where(static type => type.IsData)
            .Select(static type => type.Name)
            .ToHashSet();
        Assert.Empty(Product.Projects
            .SelectMany(static project => project.Types)
            .SelectMany(static type => type.Constructors)
            .Where(made => made.Size > Most && !(made.IsOfData && IsOfValues(made, data)))
            .Select(static made => $"{made.Type}: {made.Size}"));
    }

    private static bool IsOfValues(ConstructorCode made, HashSet<TypeName> data) =>
        made.Parameters.SelectMany(static parameter => parameter.Names()).All(name => data.Contains(name)
            || (name.Namespace.StartsWith("System", StringComparison.Ordinal)
                && !Array.Exists(Parts, part => name.Name.StartsWith(part, StringComparison.Ordinal))));
}
