using SpotifyCore.Architecture.Tests.Code;

namespace SpotifyCore.Architecture.Tests.Rules;

/// <summary>The core is a function of events and time.</summary>
public sealed class CoreTests
{
    private static readonly string[] Elsewhere =
        ["System.IO", "System.IO.Pipelines", "System.Net.Sockets", "System.Threading", "System.Threading.Tasks"];

    [Fact]
    public void Core_AwaitsNothing_WaitsForNothing_ReadsNothing() => Assert.Empty(Product.Projects
        .Single(static project => project.Name == "SpotifyCore.Core").Types
        .SelectMany(static type => type.Uses
            .Where(static used => Elsewhere.Contains(used.Namespace) && used.Name != nameof(Timeout))
            .Select(used => $"{type.Name} uses {used}")));
}
