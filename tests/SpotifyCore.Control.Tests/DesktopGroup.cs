using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Control.Tests;

/// <summary>Tests that share one network, one after the other: a desktop and the terminal before it.</summary>
[CollectionDefinition(Name)]
public sealed class DesktopGroup : ICollectionFixture<TestNetwork>
{
    public const string Name = "desktop";
}
