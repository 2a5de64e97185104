using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Playback.Output;

/// <summary>Which sound card, and how far ahead it is filled.</summary>
internal sealed class PortAudioOptions
{
    /// <summary>The device's number or a part of its name; the system's default when empty.</summary>
    public string Device { get; set; } = "";

    /// <summary>
    /// Sound held for the device at most. It is filled again once a third has sounded; a stall of the player as long as
    /// the rest is not heard.
    /// </summary>
    [Range(20, 2_000)]
    public int BufferMilliseconds { get; set; } = 300;
}
