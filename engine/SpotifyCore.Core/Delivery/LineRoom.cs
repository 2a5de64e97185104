namespace SpotifyCore.Core.Delivery;

/// <summary>What of the line is left by what is listened to.</summary>
internal enum LineRoom : byte
{
    /// <summary>Nothing: what is on its way for later is called off.</summary>
    None = 0,

    /// <summary>Something comes for it: nothing more is asked for meanwhile.</summary>
    Shared,

    /// <summary>All of it.</summary>
    Free,
}
