using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Listening;

/// <summary>Hears on the loop what the player did on its thread.</summary>
internal interface IPlayObserver
{
    /// <summary>The player's place moved; <paramref name="position"/> in samples.</summary>
    void Advanced(PlayId play, long position);

    /// <summary>A play's first PCM was handed to the output.</summary>
    void Sounding(PlayId play, long timestamp);

    /// <summary>The output ran dry for so long.</summary>
    void Stuttered(PlayId play, TimeSpan length);

    /// <summary>A play that should sound has fallen silent, or sounds again.</summary>
    void SilenceChanged(PlayId play, bool isSilent);

    /// <summary>A play is over.</summary>
    void Ended(PlayId play, long samples, bool complete, long timestamp);

    /// <summary>A play can't go on, or, with the output gone, none can.</summary>
    void Failed(PlayId play, string reason, bool outputIsGone);

    /// <summary>All is heard and nothing follows.</summary>
    void Drained();
}
