namespace SpotifyCore.Codec.Opus;

/// <summary>Which implementation of Opus is used.</summary>
public enum OpusCodecChoice
{
    /// <summary>libopus where it is installed, else Concentus.</summary>
    Auto = 0,

    /// <summary>libopus, or none.</summary>
    Native = 1,

    /// <summary>Concentus, even beside an installed libopus.</summary>
    Managed = 2,
}
