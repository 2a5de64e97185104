using SpotifyCore.Simulator.Catalogue;
using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Listening;

/// <summary>
/// How something new is come upon: by a popular track, of which one hears the album, or by a popular playlist.
/// </summary>
internal sealed class Discovery(MusicCatalogue catalogue, ListeningOptions options)
{
    /// <summary>Where from.</summary>
    public MusicCatalogue Catalogue => catalogue;

    /// <summary>Draws what is to be heard, in order; begins somewhere in the album or playlist.</summary>
    public ReadOnlySpan<int> Draw(Dice dice)
    {
        var kind = dice.Unit();
        var track = catalogue.DrawTrack(dice);
        if (kind < options.Singles)
            return catalogue.AlbumOf(track).Slice(catalogue.AlbumOf(track).IndexOf(track), 1);

        var list = kind < options.Singles + options.Albums ? catalogue.AlbumOf(track) : catalogue.DrawPlaylist(dice);
        var start = dice.Chance(0.5) ? 0 : dice.Below(list.Length);
        return list[start..];
    }
}
