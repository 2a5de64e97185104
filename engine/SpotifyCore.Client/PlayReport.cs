using SpotifyCore.Client.Catalogue;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client;

/// <summary>One play, from the click or the track change to its end, as far as it has come.</summary>
/// <param name="Track">What was played.</param>
/// <param name="Cold">True when the cache held none of it before.</param>
/// <param name="Start">From the click, or the last sample of the track before, to the first PCM; null while it is
/// silent.</param>
/// <param name="Clicked">True for a click, false for a track change.</param>
/// <param name="Bytes">Bytes played, by source.</param>
/// <param name="Stutters">Times the output ran dry for over 10 ms.</param>
/// <param name="Samples">Samples per channel handed to the output; while it plays, those that were heard.</param>
/// <param name="Ended">True once its last sample was handed over.</param>
public sealed record PlayReport(
    TrackId Track,
    bool Cold,
    TimeSpan? Start,
    bool Clicked,
    BytesBySource Bytes,
    int Stutters,
    long Samples,
    bool Ended)
{
    /// <summary>What was played, as far as it is known: its id at least.</summary>
    public TrackInfo Described { get; init; } = TrackInfo.Unknown(Track);

    /// <summary>True for an advert, of which <see cref="Described"/> has the title, and the campaign as its artist.</summary>
    public bool IsAdvert { get; init; }
}
