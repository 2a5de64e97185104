using SpotifyCore.Backend.Accounts;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>
/// What the specification says of tickets between peers, spoken in bytes over TLS to a real desktop:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>a reply without a ticket may ask for nothing</term>
/// <description><see cref="Reply_WithoutATicket_MayAskForNothingAndIsAsked"/></description></item>
/// <item><term>searches of who may not fetch</term>
/// <description><see cref="Search_OfWhoMayNotFetch_IsDropped"/></description></item>
/// </list>
/// </summary>
[Collection(WireGroup.Name)]
public sealed class DesktopTicketTests(TestNetwork network)
{
    [Fact]
    public async Task Reply_WithoutATicket_MayAskForNothingAndIsAsked()
    {
        var tune = await network.Press.MakeAsync("Without a ticket", 20, seed: 970);
        await using var desktop = await TestClient.StartAsync(
            TestClient.Patient(TestClient.Options(network, "wire no ticket", "null-fast")));
        using var identity = NodeIdentity.Create();
        await using var holder = await KnownHolder.StartAsync(network, identity, tune);
        await network.WithoutStorageAsync(async () =>
        {
            await desktop.Client.EnqueueAsync(tune.Id);
            await using var accepted = await holder.AcceptAsync();
            await accepted.ReplyWithoutTicketAsync();
            var file = RawDesktopPeer.Hex(tune.Manifest.File);
            foreach (var request in new[] { $"10000000 1000 01000000 {file}", $"12000000 0c00 02000000 {file} 00 00" })
            {
                await accepted.Dialogue.SendAsync(request);
                Assert.Equal(7, BitConverter.ToUInt16(await accepted.NextAsync(8), 10));
            }

            await accepted.Dialogue.SendAsync($"1a000000 1100 00000000 {file} 01 00 00000000 00000000");
            await accepted.NextAsync(14);
            await desktop.Client.StopAsync();
        });
    }

    [Fact]
    public async Task Search_OfWhoMayNotFetch_IsDropped()
    {
        var tune = await network.Press.MakeAsync("Not for importers", 1, seed: 971);
        await using var desktop = await TestClient.StartAsync(network, "wire scope");
        await desktop.HearAsync(tune);
        await network.WhenHeldAsync(tune, desktop);
        network.AddAccount("presser", TestNetwork.Password, AccountRoles.Import);
        using var identity = NodeIdentity.Create();
        await using var peer = await RawDesktopPeer.DialAsync(
            desktop.Client, identity, await network.Press.TicketAsync(identity, "presser"));
        await peer.GreetAsync();
        await using var other = await RawDesktopPeer.GreetAsync(network, desktop.Client);

        // Neither for what it holds nor, passed on, for what it does not.
        foreach (var (query, file) in new[]
            { (1, RawDesktopPeer.Hex(tune.Manifest.File)), (2, "000102030405060708090a0b0c0d0e0f") })
            await peer.Dialogue.SendAsync($"19000000 1700 00000000  {RawDesktopPeer.Little(query)}00000000 {file} 01");

        Assert.Empty(await peer.UntilPongAsync());
        Assert.Empty(await other.UntilPongAsync());
        await peer.AskHeldAsync(1, tune.Manifest.File);
        await peer.AskAsync(2, tune.Manifest.File, 0, 1);
        var refused = Assert.Single(await peer.UntilPongAsync());
        Assert.Equal((8, 2, 7), (refused[4], refused[6], BitConverter.ToUInt16(refused, 10)));
    }
}
