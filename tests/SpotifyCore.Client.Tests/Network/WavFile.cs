using System.Runtime.InteropServices;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>Reads back what a WAV output wrote.</summary>
internal static class WavFile
{
    private const int HeaderSize = 44;

    /// <summary>The samples, both channels.</summary>
    public static short[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal("RIFF"u8, bytes.AsSpan(0, 4));
        Assert.Equal(bytes.Length - HeaderSize, BitConverter.ToInt32(bytes, 40));
        return MemoryMarshal.Cast<byte, short>(bytes.AsSpan(HeaderSize)).ToArray();
    }
}
