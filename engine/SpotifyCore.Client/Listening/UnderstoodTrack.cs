using SpotifyCore.Client.Catalogue;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Core.Events;
using SpotifyCore.Playback.Loudness;

namespace SpotifyCore.Client.Listening;

/// <summary>An answer to OpenTrack, checked: what the core needs, and what only the player does.</summary>
/// <param name="Track">What the catalogue says of it.</param>
/// <param name="Core">Manifest, nodes and peers.</param>
/// <param name="Key">Unseals the file.</param>
/// <param name="Album">The album's level.</param>
internal sealed record UnderstoodTrack(TrackInfo Track, OpenedTrack Core, ContentKey Key, LoudnessLevel Album)
{
    /// <summary>Whether there is a file that is nearer to the quality that is wanted: the plan does not have it.</summary>
    public bool IsBelowWanted { get; init; }

    /// <summary>Whether each play is to be asked for, though it is kept: the account hears adverts.</summary>
    public bool IsAskedEachTime { get; init; }
}
