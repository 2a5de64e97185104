using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Client.Keeping;

/// <summary>How long and how much is kept for use without a network.</summary>
internal sealed class KeptTracksOptions
{
    /// <summary>How long a key may be used without asking the access point again; 30 days unless set.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Tracks kept at most; the oldest make room.</summary>
    [Range(1, 1_000_000)]
    public int MaxTracks { get; set; } = 20_000;
}
