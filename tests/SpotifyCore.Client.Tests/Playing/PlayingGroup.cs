using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>Tests that share one network, one after the other: what a listener does.</summary>
[CollectionDefinition(Name)]
public sealed class PlayingGroup : ICollectionFixture<TestNetwork>
{
    public const string Name = "playing";
}
