using System.Runtime.InteropServices;

namespace SpotifyCore.Playback.Output;

/// <summary>PortAudio's <c>PaStreamParameters</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PortAudioStreamParameters
{
    public int Device;
    public int Channels;
    public CULong SampleFormat;
    public double SuggestedLatency;
    public nint HostApiSpecific;
}
