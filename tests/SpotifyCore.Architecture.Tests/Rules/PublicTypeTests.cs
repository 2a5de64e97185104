using SpotifyCore.Architecture.Tests.Code;

namespace SpotifyCore.Architecture.Tests.Rules;

/// <summary>Public means that another project of the product uses it; its tests see what is internal.</summary>
public sealed class PublicTypeTests
{
    /// <summary>Those without a user; the list only shrinks.</summary>
    private static readonly string[] Unused =
    [
        "SpotifyCore.Protocol.Transports.MemoryNetwork",
        "SpotifyCore.Protocol.Transports.MemoryTransport",
    ];

    [Fact]
    public void Public_EveryType_HasAUserInAnotherProject()
    {
        var types = Product.Projects.SelectMany(static project => project.Types).ToDictionary(static type => type.Name);
        var used = types.Values
            .SelectMany(static type => type.Uses.Where(name => name.Assembly != type.Name.Assembly))
            .ToHashSet();

        // Who uses a type meets what its public members name, which the compiler wants to be as public.
        var met = new Stack<TypeName>(used);
        while (met.TryPop(out var name))
        {
            foreach (var shown in types.TryGetValue(name, out var type) ? type.Shows : [])
            {
                if (used.Add(shown))
                    met.Push(shown);
            }
        }

        Known.AssertOnly(Unused, types.Values
            .Where(type => type.IsPublic && !used.Contains(type.Name) && !IsForOthers(type.Name))
            .Where(static type => !type.HasConstants || !Product.Projects.Any(
                project => !project.Types.Contains(type) && project.Takes(type.Name.Name)))
            .Select(static type => $"{type.Name}"));
    }

    /// <summary>What tools that are not of this repository need public, and what they make so.</summary>
    private static bool IsForOthers(TypeName type) => type is { Namespace: "", Name: "Program" }
        || (type.Assembly == "SpotifyCore.Micro" && type.Name.EndsWith("Benchmarks", StringComparison.Ordinal))
        || (type.Namespace == "SpotifyCore.Contracts" && type.Name.EndsWith("Reflection", StringComparison.Ordinal));
}
