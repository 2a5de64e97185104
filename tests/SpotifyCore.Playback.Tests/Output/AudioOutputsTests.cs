using SpotifyCore.Playback.Output;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Output;

public sealed class AudioOutputsTests
{
    [Theory]
    [InlineData("null", typeof(NullOutput))]
    [InlineData("null-fast", typeof(FastNullOutput))]
    public void Open_Name_GivesThatOutput(string text, Type type)
    {
        using var output = AudioOutputs.Open(text, TimeProvider.System);

        Assert.IsType(type, output);
    }

    [Fact]
    public void Open_Wav_WritesToThePath()
    {
        using var directory = new TempDirectory();
        var path = directory["out:put.wav"];
        AudioOutputs.Open("wav:" + path, TimeProvider.System).Dispose();

        Assert.Equal(44, new FileInfo(path).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wav")]
    [InlineData("wav:")]
    [InlineData("null:x")]
    [InlineData("speaker")]
    public void Open_Nonsense_NamesTheChoices(string text)
    {
        var refusal = Assert.Throws<ArgumentException>(() => AudioOutputs.Open(text, TimeProvider.System));

        Assert.Contains("null-fast", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SoundCardThatIsNotThere_SaysWhatIsMissing()
    {
        // True without PortAudio, without a card and with one: no card has this name.
        var refusal = Assert.Throws<IOException>(
            () => AudioOutputs.Open("portaudio:no such card", TimeProvider.System));

        Assert.Matches("sound device|PortAudio is not installed", refusal.Message);
    }
}
