using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>What of a track's files is heard by whose plan has come to have a better one.</summary>
[Collection(PlayingGroup.Name)]
public sealed class QualityTests(TestNetwork network)
{
    [Fact]
    public async Task Play_OfWhatIsHeldInALowerQuality_IsHeardAtOnceAndInTheBetterOneAfterThat()
    {
        var tunes = await network.Press.MakeAsync("Better by and by", 2, seed: 9_632, [160_000, 320_000]);
        var (common, better) = (tunes[0], tunes[1]);
        network.AddListener("upgraded", TestNetwork.Password);
        var options = TestClient.Options(network, "upgraded", "null-fast");
        options.BitsPerSecond = 320_000;
        await using var client = await TestClient.StartAsync(options, logIn: false);
        await client.Client.LogInAsync("upgraded", TestNetwork.Password);
        Assert.Equal(common.Sealed.Length, (await client.HearAsync(common)).Bytes.Total);
        await Eventually.TrueAsync(() => client.Remembers(common), "the common file is held whole");

        network.GivePlan("upgraded", Contracts.Plan.Premium);
        var held = (await client.HearAsync(common)).Bytes;

        Assert.Equal((common.Sealed.Length, common.Sealed.Length), (held.Total, held.Cache));
        await Eventually.TrueAsync(
            async () => (await client.HearAsync(common)).Bytes.Total == better.Sealed.Length, "the better file is heard");
    }
}
