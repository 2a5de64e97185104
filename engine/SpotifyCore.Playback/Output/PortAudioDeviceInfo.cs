using System.Runtime.InteropServices;

namespace SpotifyCore.Playback.Output;

/// <summary>PortAudio's <c>PaDeviceInfo</c>, version 2.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct PortAudioDeviceInfo
{
    public readonly int Version;
    public readonly nint Name;
    public readonly int HostApi;
    public readonly int MaxInputChannels;
    public readonly int MaxOutputChannels;
    public readonly double LowInputLatency;
    public readonly double LowOutputLatency;
    public readonly double HighInputLatency;
    public readonly double HighOutputLatency;
    public readonly double SampleRate;
}
