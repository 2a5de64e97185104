using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Power;

namespace SpotifyCore.Protocol.Tests.Trust;

/// <summary>The power goes after a node has told its id: it is the same node when it is started again.</summary>
public sealed class NodeIdentityPowerLossTests
{
    [Fact]
    public async Task LoadOrCreate_PowerLost_IsTheSame()
    {
        using var loss = await PowerLoss.RunAsync(CreateAsync);
        foreach (var cut in loss.Cuts())
        {
            using var directory = new TempDirectory();
            cut.Restore(directory.Path);
            using var identity = NodeIdentity.LoadOrCreate(PathIn(directory.Path));
            Assert.All(cut.Acknowledged, id => Assert.Equal(id, identity.Id.ToString()));
        }
    }

    private static string PathIn(string directory) => Path.Combine(directory, "node", "key");

    private static Task CreateAsync(PowerLossScenario scenario)
    {
        using var identity = NodeIdentity.LoadOrCreate(PathIn(scenario.Root));
        scenario.Acknowledge(identity.Id.ToString());
        return Task.CompletedTask;
    }
}
