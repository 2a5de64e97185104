using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>Tests that share one network and run beside no others: what they measure is the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneGroup : ICollectionFixture<TestNetwork>
{
    public const string Name = "alone";
}
