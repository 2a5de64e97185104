namespace SpotifyCore.Codec.Opus;

/// <summary>The implementations of Opus, and the choice between them.</summary>
public static class OpusCodecs
{
    private static readonly Lazy<LibOpusCodec> Installed = new(static () => new LibOpusCodec());

    /// <summary>libopus: twice as fast as <see cref="Managed"/>, and allocates nothing for a packet.</summary>
    /// <exception cref="DllNotFoundException">It is not installed; the message names the package.</exception>
    public static IOpusCodec Native => Installed.Value;

    /// <summary>Concentus, which needs nothing installed.</summary>
    public static IOpusCodec Managed { get; } = new ConcentusCodec();

    /// <summary>The implementation to use.</summary>
    /// <exception cref="DllNotFoundException">libopus was asked for and is not installed.</exception>
    public static IOpusCodec Select(OpusCodecChoice choice) => choice switch
    {
        OpusCodecChoice.Native => Native,
        OpusCodecChoice.Managed => Managed,
        _ => LibOpus.IsInstalled ? Native : Managed,
    };

    /// <summary>
    /// One line for whoever runs the program when <see cref="Select"/> has to make do without libopus; otherwise null.
    /// </summary>
    public static string? NoticeOf(OpusCodecChoice choice) => choice == OpusCodecChoice.Auto && !LibOpus.IsInstalled
        ? $"Opus by {Managed.Version}, which takes twice the processor time: {LibOpus.HowToInstall}"
        : null;
}
