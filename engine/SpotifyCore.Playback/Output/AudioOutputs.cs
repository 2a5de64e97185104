namespace SpotifyCore.Playback.Output;

/// <summary>Makes outputs from the one-line form that options and command lines use.</summary>
public static class AudioOutputs
{
    /// <summary>
    /// Opens <c>portaudio</c> or <c>portaudio:device</c> (a number or a part of a name), <c>wav:path</c>,
    /// <c>null</c> (in real time) or <c>null-fast</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The text names no output.</exception>
    /// <exception cref="IOException">The output can't be opened; the message says what is missing.</exception>
    public static IAudioOutput Open(string text, TimeProvider time) => throw new NotSupportedException();
}
