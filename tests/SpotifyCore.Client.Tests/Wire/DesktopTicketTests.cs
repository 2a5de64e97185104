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
/// <item><term>by a desktop one without *peers* with 7</term>
/// <description><see cref="Hello_OfWhoIsNotOfTheSwarm_IsRefused"/></description></item>
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

    [Theory]
    [InlineData("phone of a payer", AccountRoles.Listener, Contracts.DeviceKind.Phone)]
    [InlineData("presser", AccountRoles.Import, Contracts.DeviceKind.Desktop)]
    public async Task Hello_OfWhoIsNotOfTheSwarm_IsRefused(string who, AccountRoles roles, Contracts.DeviceKind kind)
    {
        var name = who.Replace(' ', '.');
        network.AddAccount(name, TestNetwork.Password, roles);
        network.GivePlan(name, Contracts.Plan.Premium);
        await using var desktop = await TestClient.StartAsync(network, $"wire {who}");
        using var identity = NodeIdentity.Create();
        await using var peer = await RawDesktopPeer.DialAsync(
            desktop.Client, identity, await network.Press.TicketAsync(identity, name, kind));

        await peer.Dialogue.SendAsync("7e000000 0100 00000000  53435031 0100 0200 01 00 e60f 4000 {ticket}");

        var refused = Assert.Single(await peer.UntilEndAsync());
        Assert.Equal((3, 7), (BitConverter.ToUInt16(refused, 4), BitConverter.ToUInt16(refused, 10)));
    }
}
