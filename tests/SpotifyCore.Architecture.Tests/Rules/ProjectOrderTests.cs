using SpotifyCore.Architecture.Tests.Code;

namespace SpotifyCore.Architecture.Tests.Rules;

/// <summary>The engine's projects stand in an order, and each knows only what stands before it.</summary>
public sealed class ProjectOrderTests
{
    private static readonly string[] Order =
    [
        "SpotifyCore.Content",
        "SpotifyCore.Search",
        "SpotifyCore.Codec",
        "SpotifyCore.Contracts",
        "SpotifyCore.CommandLine",
        "SpotifyCore.Contracts.Serving",
        "SpotifyCore.Protocol",
        "SpotifyCore.Storage",
        "SpotifyCore.Core",
        "SpotifyCore.Playback",
        "SpotifyCore.Client",
        "SpotifyCore.Node",
        "SpotifyCore.Backend",
        "SpotifyCore.Hosting",
        "SpotifyCore.Control",
        "SpotifyCore.Simulation",
    ];

    /// <summary>Those that should not be; the list only shrinks.</summary>
    private static readonly string[] Exceptions =
    [
        "SpotifyCore.Node -> SpotifyCore.Hosting",
        "SpotifyCore.SideBySide -> SpotifyCore.Micro",
    ];

    [Fact]
    public void Engine_EveryProject_HasItsPlace() => Assert.Equal(
        Order.Order(StringComparer.Ordinal),
        Product.Projects.Where(static project => project.Folder == "engine").Select(static project => project.Name)
            .Order(StringComparer.Ordinal));

    /// <summary>A program composes the engine and is itself part of nothing.</summary>
    [Fact]
    public void References_LeadOnlyToWhatStandsBefore() => Known.AssertOnly(
        Exceptions,
        Product.Projects
            .SelectMany(static project => project.References.Select(reference => (project, reference)))
            .Where(static pair => !StandsBefore(pair.reference, pair.project))
            .Select(static pair => $"{pair.project.Name} -> {pair.reference}"));

    private static bool StandsBefore(string reference, ProjectCode project)
    {
        var place = Array.IndexOf(Order, reference);
        return place >= 0 && (project.Folder != "engine" || place < Array.IndexOf(Order, project.Name));
    }
}
