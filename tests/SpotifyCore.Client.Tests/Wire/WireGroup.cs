using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>Tests that share one network, one after the other: a desktop as its peers see it.</summary>
[CollectionDefinition(Name)]
public sealed class WireGroup : ICollectionFixture<TestNetwork>
{
    public const string Name = "wire";
}
