using SpotifyCore.Codec.Opus;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Import;

/// <summary>What the command line asks for.</summary>
/// <param name="Folder">What to import; empty when nothing is.</param>
/// <param name="AccessPoint">Where to.</param>
/// <param name="ServerId">The key the access point must prove; null without a pin.</param>
/// <param name="Name">As whom.</param>
/// <param name="Jobs">Cores to use.</param>
/// <param name="IsJson">True for JSON lines.</param>
internal sealed record ImportOptions(
    string Folder, string AccessPoint, PeerId? ServerId, string Name, int Jobs, bool IsJson)
{
    /// <summary>True for plain TCP to the master nodes, within a trusted rack.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Where progress is drawn when it is not JSON lines.</summary>
    public required TextWriter Terminal { get; init; }

    /// <summary>Which implementation of Opus encodes.</summary>
    public OpusCodecChoice Codec { get; init; }

    /// <summary>True to ask the masters for what is there instead of importing.</summary>
    public bool IsVerify { get; init; }

    /// <summary>True to take out of the catalogue what is not in the folder any more.</summary>
    public bool MayPrune { get; init; }

    /// <summary>True to read all files, those too that are as they were.</summary>
    public bool ReadsAll { get; init; }

    /// <summary>True to stay, and to take in what changes in the folder.</summary>
    public bool IsWatching { get; init; }

    /// <summary>True to show tracks again that were removed from the catalogue by hand.</summary>
    public bool MayRestore { get; init; }

    /// <summary>Of which campaign, where and when what is imported is an advert; null where it is music.</summary>
    public AdvertTerms? Advert { get; init; }

    /// <summary>Where JSON lines go beside what is shown; null for nowhere.</summary>
    public string? LogFile { get; init; }
}
