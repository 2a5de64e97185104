namespace SpotifyCore.Client.Tests.Network;

/// <summary>Tests that share one network, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NetworkCollection : ICollectionFixture<TestNetwork>
{
    public const string Name = "network";
}
