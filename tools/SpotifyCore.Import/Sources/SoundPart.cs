using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Resampling;
using SpotifyCore.Import.Parts;

namespace SpotifyCore.Import.Sources;

/// <summary>What one run of ffmpeg decodes: a stream of a file, or of a part of it.</summary>
/// <param name="Input">The file or the part, as ffmpeg takes it.</param>
/// <param name="Stream">The sound in it.</param>
/// <param name="Cut">What of its samples is the music.</param>
internal sealed record SoundPart(string Input, SoundStream Stream, SampleCut Cut)
{
    // Of more channels without places ffmpeg takes the usual ones; of these its guess is a stereo with a bass channel,
    // which a stereo mix leaves out, and a room with one speaker behind.
    private const string Two = "channelmap=map=0|1:channel_layout=stereo,";
    private const string Three = "channelmap=map=0|1|2:channel_layout=3.0,";
    private const string Four = "channelmap=map=0|1|2|3:channel_layout=quad,";

    /// <summary>What ffmpeg is to give of it.</summary>
    /// <param name="channels">1 or 2.</param>
    /// <param name="isFloat">True for floats, which keep what is beyond full scale.</param>
    /// <param name="isSteady">False where its rate may change inside: ffmpeg resamples that.</param>
    public PcmForm FormOf(int channels, bool isFloat, bool isSteady) => isSteady && Resampler.Supports(Stream.Rate)
        ? new PcmForm(channels, Stream.Rate, isFloat || !Stream.IsShort || Stream.Channels != channels)
        : new PcmForm(channels, OpusFormat.SampleRate, isFloat);

    /// <summary>The filters from the decoder to samples of a form; a rate that is not 48 kHz stays as it is.</summary>
    public string FiltersTo(PcmForm form)
    {
        var layout = form.Channels == 1 ? "mono" : "stereo";
        var rate = form.Rate == OpusFormat.SampleRate ? $":sample_rates={form.Rate}" : "";

        // Floats are mixed down by other factors than integers, unless it is told so.
        var kind = form.IsFloat ? "aresample=rematrix_maxval=1,aformat=sample_fmts=flt" : "aformat=sample_fmts=s16";
        return $"{Trim()}{Place()}{kind}{rate}:channel_layouts={layout}";
    }

    private string Trim()
    {
        if (Cut == SampleCut.None)
            return "";

        return Cut.Keep is { } keep
            ? $"atrim=start_sample={Cut.Skip}:end_sample={Cut.Skip + keep},"
            : $"atrim=start_sample={Cut.Skip},";
    }

    // Two channels are left and right, wherever they are said to be.
    private string Place() => (Stream.Channels, Stream.IsPlaced) switch
    {
        (2, true) when Stream.Layout is not "stereo" => Two,
        (3, false) => Three,
        (4, false) => Four,
        _ => "",
    };
}
