using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>Tests that share one network, one after the other: what desktops are to each other.</summary>
[CollectionDefinition(Name)]
public sealed class PeersGroup : ICollectionFixture<TestNetwork>
{
    public const string Name = "peers";
}
