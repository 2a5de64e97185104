using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Control.Tests.Cli;

/// <summary>Tests that share one network, one after the other: commands and what they say.</summary>
[CollectionDefinition(Name)]
public sealed class CommandGroup : ICollectionFixture<TestNetwork>
{
    public const string Name = "commands";
}
