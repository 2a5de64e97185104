namespace SpotifyCore.Backend.Streams;

/// <summary>By what a device has its account's stream; as it is stored.</summary>
internal enum StreamState
{
    /// <summary>A track was opened that nobody asked for just then, and it is silent still.</summary>
    Opened = 0,

    /// <summary>A track was opened that a listener asked for, and it is silent still.</summary>
    Clicked = 1,

    /// <summary>It says that it plays.</summary>
    Playing = 2,
}
