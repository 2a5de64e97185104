namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>The classes that share one cluster.</summary>
[CollectionDefinition(Name)]
public sealed class SharedClusterGroup : ICollectionFixture<SharedCluster>
{
    public const string Name = "shared cluster";
}
