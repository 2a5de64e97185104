using System.Runtime.InteropServices;

namespace SpotifyCore.Playback.Output;

/// <summary>PortAudio's <c>PaStreamInfo</c>, version 1.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct PortAudioStreamInfo
{
    public readonly int Version;
    public readonly double InputLatency;
    public readonly double OutputLatency;
    public readonly double SampleRate;
}
