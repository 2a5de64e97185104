namespace SpotifyCore.Simulator.Listening;

/// <summary>What a listener does with a track in the end.</summary>
internal enum PlayEnding
{
    /// <summary>Hears it out; what comes next in the list follows by itself.</summary>
    HeardOut,

    /// <summary>Skips to the next of the list.</summary>
    Next,

    /// <summary>Breaks off to pick something else.</summary>
    Pick,
}
