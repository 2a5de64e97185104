namespace SpotifyCore.Playback.Output;

/// <summary>Makes outputs from the one-line form that options and command lines use.</summary>
public static class AudioOutputs
{
    /// <summary>Room of the real-time null output: what a sound card commonly holds.</summary>
    public static readonly TimeSpan NullBuffer = TimeSpan.FromMilliseconds(300);

    /// <summary>Whether a text names an output; it may be one that can't be opened.</summary>
    public static bool IsKnown(string text) =>
        text is "portaudio" or "null" or "null-fast"
        || text.StartsWith("portaudio:", StringComparison.Ordinal)
        || (text.StartsWith("wav:", StringComparison.Ordinal) && text.Length > "wav:".Length);

    /// <summary>
    /// Opens <c>portaudio</c> or <c>portaudio:device</c> (a number or a part of a name), <c>wav:path</c>,
    /// <c>null</c> (in real time) or <c>null-fast</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The text names no output.</exception>
    /// <exception cref="IOException">The output can't be opened; the message says what is missing.</exception>
    public static IAudioOutput Open(string text, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, detail) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        return (kind, detail) switch
        {
            ("portaudio", _) => new PortAudioOutput(new PortAudioOptions { Device = detail }),
            ("wav", not "") => new WavFileOutput(detail),
            ("null", "") => new NullOutput(NullBuffer, time),
            ("null-fast", "") => new FastNullOutput(),
            _ => throw new ArgumentException(
                $"'{text}' names no output: portaudio, portaudio:DEVICE, wav:PATH, null, null-fast.", nameof(text)),
        };
    }
}
