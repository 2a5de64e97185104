using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Client.Tests.Playing;

namespace SpotifyCore.Client.Tests.Readme;

/// <summary>
/// The example of the repository's README is compiled as it stands, with its addresses replaced, and run.
/// </summary>
[Collection(PlayingGroup.Name)]
public sealed class ReadmeExampleTests(TestNetwork network)
{
    [Fact]
    public async Task Example_OnARealNetwork_MakesTheRightWavFile()
    {
        var tune = await network.Press.MakeAsync("The battle for wesnoth", 8, seed: 60);
        network.AddListener("anna-of-the-readme", "open sesame");
        var wav = network.Folder("song.wav");
        await ReadmeExample.RunAsync(network.Url, network.Folder("listener"), wav, "anna-of-the-readme");

        // As a listener has it by default, the level of tracks is evened out.
        var heard = WavFile.Read(wav);
        Assert.Equal(tune.Heard.Length, heard.Length);
        var gain = Math.Pow(10, tune.Manifest.TrackGain / 20);
        for (var i = 0; i < heard.Length; i++)
            Assert.InRange(heard[i] - (tune.Heard[i] * gain), -1.5, 1.5);
    }

    [Fact]
    public void Example_IsAtMostTenLines() => Assert.InRange(ReadmeExample.Lines, 1, 10);
}
