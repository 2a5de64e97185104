namespace SpotifyCore.Core.Uploads;

/// <summary>Why nothing is given to peers.</summary>
public enum UploadHold : byte
{
    /// <summary>Something may be given.</summary>
    None = 0,

    /// <summary>It is switched off.</summary>
    Off,

    /// <summary>The line is paid by the byte, or a phone's, or there is none.</summary>
    Line,

    /// <summary>The month's budget is used up.</summary>
    Budget,

    /// <summary>The client's own buffer is low.</summary>
    OwnBuffer,
}
