namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>The classes that share the cluster whose hosts are killed.</summary>
[CollectionDefinition(Name)]
public sealed class RoughClusterGroup : ICollectionFixture<RoughCluster>
{
    public const string Name = "rough cluster";
}
