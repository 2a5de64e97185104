using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Placement;
using SpotifyCore.Node.Tests.Composition;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Processes;

public sealed class HostProcessTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly TestTrust _trust = new();
    private readonly TestFile _file = TestFile.Create(seed: 21, (200 * Manifest.ChunkSize) + 99);

    public void Dispose()
    {
        _trust.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Cluster_KilledAndStopped_PlaysOnAndKeepsWhatItHas()
    {
        TestNode[] nodes = [Node("m1", true), Node("m2", true), Node("s1", false)];
        var masters = string.Join(',', nodes[..2].Select(static node => node.Address));
        string[] common = ["--masters", masters, "--ticket-keys", _trust.KeyOption];
        string[] master = [.. common, "--trusted", nodes[2].Id.ToString()];
        string[] storage = [.. common, "--cache:disk-bytes", "256MiB"];
        await using var one = HostProcess.Master([.. Own(nodes[0]), .. master]);
        await using var two = HostProcess.Master([.. Own(nodes[1]), .. master]);
        await using var near = HostProcess.Storage([.. Own(nodes[2]), .. storage]);
        Assert.Equal($"spotifycore-master ready {nodes[0].Address}", await one.FirstLineAsync());
        Assert.Equal($"spotifycore-master ready {nodes[1].Address}", await two.FirstLineAsync());
        Assert.Equal($"spotifycore-storage ready {nodes[2].Address}", await near.FirstLineAsync());
        foreach (var node in nodes[..2])
        {
            // The other master may have fetched it from the first already.
            await using var import = await _trust.ConnectAsync(node.Address, TicketScope.Import);
            var outcome = await import.PutAsync(_file.Manifest, new TestFileReader(_file));
            Assert.True(outcome is PutOutcome.Stored or PutOutcome.AlreadyHeld, outcome.ToString());
        }

        var owners = new PeerId[2];
        new RendezvousPlacement(nodes[..2].Select(static node => node.Id)).FindOwners(_file.Id, owners);
        var firstAsked = owners[0] == nodes[0].Id ? 0 : 1;
        await using (var listener = await _trust.ConnectAsync(nodes[2].Address, TicketScope.Fetch))
        {
            Assert.Equal(Tier.Master, await TestCluster.ReadAsync(listener, _file, 0, 50));
            await (firstAsked == 0 ? one : two).KillAsync();
            Assert.Equal(Tier.Master, await TestCluster.ReadAsync(listener, _file, 50, 151));
        }

        await using var again = HostProcess.Master([.. Own(nodes[firstAsked]), .. master]);
        await again.FirstLineAsync();
        await using (var direct = await _trust.ConnectAsync(nodes[firstAsked].Address, TicketScope.Fetch))
        {
            Assert.Equal(HaveKind.Whole, await direct.HoldsAsync(_file.Id));
            await TestCluster.ReadAsync(direct, _file, 0, 201, localOnly: true);
        }

        Assert.Equal(0, await near.TerminateAsync());
        Assert.Equal(0, await again.TerminateAsync());
        Assert.Equal(0, await (firstAsked == 0 ? two : one).TerminateAsync());

        await using var nearAgain = HostProcess.Storage([.. Own(nodes[2]), .. storage]);
        await nearAgain.FirstLineAsync();
        await using var warm = await _trust.ConnectAsync(nodes[2].Address, TicketScope.Fetch);
        Assert.Equal(Tier.Production, await TestCluster.ReadAsync(warm, _file, 0, 201));
        Assert.Equal(0, await nearAgain.TerminateAsync());
    }

    [Fact]
    public async Task Plain_TrustedRack_ServesWithoutTickets()
    {
        var node = Node("m1", true);
        await using var master = HostProcess.Master([.. Own(node), "--plain", "true"]);
        await master.FirstLineAsync();

        await using var client = await ChunkClient.ConnectAsync(
            new TcpTransport(new TransportOptions()), node.Address with { Id = null }, ticket: default);
        Assert.Equal(PutOutcome.Stored, await client.PutAsync(_file.Manifest, new TestFileReader(_file)));
        Assert.Equal(Tier.Master, await TestCluster.ReadAsync(client, _file, 0, 201));
        Assert.Equal(0, await master.TerminateAsync());
        Assert.Contains("Plain connections", master.Errors);
    }

    [Fact]
    public async Task Id_BeforeTheFirstStart_IsTheIdItWillProve()
    {
        await using var first = HostProcess.Storage("id", "--data-directory", _directory["s1"]);
        await using var second = HostProcess.Master("id", "--data-directory", _directory["s1"]);

        Assert.Equal(0, await first.ExitCodeAsync());
        Assert.True(PeerId.TryParse(await first.FirstLineAsync(), out _));
        Assert.Equal(await first.FirstLineAsync(), await second.FirstLineAsync());
    }

    [Theory]
    [InlineData("there is no option --dat", "--dat", "x")]
    [InlineData("--data-directory is needed", "--site", "x")]
    [InlineData("a node is id@host:port", "--data-directory", "{d}", "--masters", "localhost:1")]
    [InlineData("--masters is needed", "--data-directory", "{d}")]
    [InlineData("must be address:port", "--data-directory", "{d}", "--listen", "here")]
    [InlineData("a key is number:base64", "--data-directory", "{d}", "--ticket-keys", "abc")]
    [InlineData("can't be 'soon'", "--data-directory", "{d}", "--links:hedge-after", "soon")]
    public async Task Start_WrongOption_SaysSoAndLeavesNothingBehind(string complaint, params string[] args)
    {
        var data = _directory["wrong"];
        await using var storage = HostProcess.Storage([.. args.Select(arg => arg.Replace("{d}", data))]);

        Assert.Equal(2, await storage.ExitCodeAsync());
        Assert.Contains(complaint, storage.Errors);
        Assert.False(Directory.Exists(data));
    }

    private TestNode Node(string name, bool isMaster) => new(_directory[name], isMaster);

    private static string[] Own(TestNode node) => ["--data-directory", node.Data, "--listen", $"127.0.0.1:{node.Port}"];
}
