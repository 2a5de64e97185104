using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client.Tests.Wire;

/// <summary>
/// What the specification says of searches, spoken in bytes over TLS to a real desktop between others:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>who holds it answers; that is an offer</term>
/// <description><see cref="Search_OfWhatIsHeld_IsAnsweredAndAnOffer"/></description></item>
/// <item><term>passed on, to whom and once; what comes back of a hit</term>
/// <description><see cref="Search_OfWhatIsNot_GoesOneConnectionOnAndTheHitBack"/></description></item>
/// <item><term>limits</term><description><see cref="Searches_BeyondTwenty_AreDropped"/>,
/// <see cref="Searches_TwoHundredTooMany_EndTheConnectionForLong"/></description></item>
/// </list>
/// </summary>
[Collection(WireGroup.Name)]
public sealed class DesktopSearchTests(TestNetwork network)
{
    private const string NoFile = "000102030405060708090a0b0c0d0e0f";

    [Fact]
    public async Task Search_OfWhatIsHeld_IsAnsweredAndAnOffer()
    {
        var tune = await network.Press.MakeAsync("Searched for", 1, seed: 930);
        await using var desktop = await TestClient.StartAsync(network, "wire searched");
        await desktop.HearAsync(tune);
        await network.WhenHeldAsync(tune, desktop);
        await using var other = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await using var asker = await RawDesktopPeer.GreetAsync(network, desktop.Client);

        var file = RawDesktopPeer.Hex(tune.Manifest.File);
        await asker.Dialogue.SpeakAsync(
            [$"> 19000000 1700 00000000  0100000000000000 {file} 01", "< 09000000 1800 00000000  0100000000000000 00"]);
        Assert.Empty(await other.UntilPongAsync());
        await asker.AskAsync(1, tune.Manifest.File, 0, 1);
        Assert.Equal(tune.Chunk(0).ToArray(), await asker.ReadChunkAsync(1, 0));
    }

    [Fact]
    public async Task Search_OfWhatIsNot_GoesOneConnectionOnAndTheHitBack()
    {
        await using var desktop = await TestClient.StartAsync(network, "wire between");
        using var identity = NodeIdentity.Create();
        await using var asker = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await using var holder = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);
        await using var old = await RawDesktopPeer.GreetAsync(network, desktop.Client, version: 1);

        await asker.Dialogue.SendAsync($"19000000 1700 00000000  0100000000000000 {NoFile} 01");
        await holder.Dialogue.ReceiveAsync($"19000000 1700 00000000  0100000000000000 {NoFile} 00");

        // Seen already, or with no hop left: it goes no farther. Neither does a hit that names others, nor one of no
        // query that was passed on.
        await asker.Dialogue.SendAsync($"19000000 1700 00000000  0100000000000000 {NoFile} 01");
        await asker.Dialogue.SendAsync($"19000000 1700 00000000  0200000000000000 {NoFile} 00");
        Assert.Empty(await asker.UntilPongAsync());
        Assert.Empty(await old.UntilPongAsync());
        await holder.Dialogue.SendAsync(
            $"20000000 1800 00000000  0100000000000000 01 {identity.Id} 04 7f000001 e60f"
            + " 09000000 1800 00000000  0700000000000000 00");
        Assert.Empty(await holder.UntilPongAsync());
        Assert.Empty(await asker.UntilPongAsync());

        // "I do": the asker hears at which address, the port being that of the holder's hello.
        await holder.Dialogue.SendAsync("09000000 1800 00000000  0100000000000000 00");
        await asker.Dialogue.ReceiveAsync(
            $"20000000 1800 00000000  0100000000000000 01 {identity.Id} 04 7f000001 e60f");
    }

    [Fact]
    public async Task Searches_BeyondTwenty_AreDropped()
    {
        await using var desktop = await TestClient.StartAsync(network, "wire many searches");
        await using var asker = await RawDesktopPeer.GreetAsync(network, desktop.Client);
        await using var other = await RawDesktopPeer.GreetAsync(network, desktop.Client);

        // In one write: a machine would have to take long over them for more than a few to come on top.
        await asker.Dialogue.SendAsync(Searches(200));
        Assert.Empty(await asker.UntilPongAsync());
        for (var i = 0; i < 20; i++)
            await other.NextAsync(23);

        Assert.InRange((await other.UntilPongAsync()).Count, 0, 80);
    }

    [Fact]
    public async Task Searches_TwoHundredTooMany_EndTheConnectionForLong()
    {
        await using var desktop = await TestClient.StartAsync(network, "wire flood");
        using var identity = NodeIdentity.Create();
        await using var asker = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);

        await asker.Dialogue.SendAsync(Searches(600));
        await asker.UntilEndAsync();
        await using var again = await RawDesktopPeer.GreetAsync(network, desktop.Client, identity);
        await again.Dialogue.EndsAsync();
    }

    /// <summary>So many searches, each of a query of its own.</summary>
    private static string Searches(int count) => string.Concat(Enumerable.Range(1, count).Select(
        static query => $"19000000 1700 00000000  {RawDesktopPeer.Little(query)}00000000 {NoFile} 01 "));
}
