namespace SpotifyCore.Core.Downloads;

/// <summary>How chunks are asked for. [K]: Kreitz and Niemelä 2010; [M]: told of it, not confirmed.</summary>
public sealed class DownloadOptions
{
    /// <summary>Seconds of a peer's measured speed that may be outstanding with it; about 2 [K, M].</summary>
    public TimeSpan OutstandingPerPeer { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes that may always be outstanding with a peer; 32 kB [K, M].</summary>
    public int OutstandingPerPeerAtLeast { get; set; } = 32 * 1024;

    /// <summary>Bytes outstanding with one peer, at most.</summary>
    public int OutstandingPerPeerAtMost { get; set; } = 1024 * 1024;

    /// <summary>
    /// Seconds of a source's measured speed that may be outstanding with it of what is kept for later: who clicks waits for
    /// what is on its way.
    /// </summary>
    public TimeSpan OfflineOutstanding { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Bytes of it that may always be outstanding with a source; 64 KiB.</summary>
    public int OfflineOutstandingAtLeast { get; set; } = 64 * 1024;

    /// <summary>Most chunks in one request to a peer: small, so that a late one is redirected at little cost.</summary>
    public int PeerRange { get; set; } = 4;

    /// <summary>Most chunks in one request to a node.</summary>
    public int NodeRange { get; set; } = 16;

    /// <summary>Requests outstanding in all, at most.</summary>
    public int RequestLimit { get; set; } = 256;

    /// <summary>
    /// Most chunks looked at beyond the first one missing, in search of one that a slow peer can bring in time.
    /// </summary>
    public int Reach { get; set; } = 32;

    /// <summary>A peer that was asked and sends nothing for so long is silent, at the least; 1 s.</summary>
    public TimeSpan LeastSilence { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>And at most, however slow it has been.</summary>
    public TimeSpan MostSilence { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Times the expected time of its next chunk after which a peer is silent.</summary>
    public double SilenceFactor { get; set; } = 3;

    /// <summary>How much sooner than needed a peer must be expected to deliver, for it to be asked.</summary>
    public TimeSpan Margin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A play whose buffer is dry fails when nothing came for so long and every source was tried.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The tracker is asked again about a playing file that has no useful peer, at most this often.</summary>
    public TimeSpan SearchAgainAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same while a listener waits: well before <see cref="GiveUpAfter"/>.</summary>
    public TimeSpan SearchInNeedAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Neighbours that lacked a file are asked again while a listener waits for it, at most this often: they fetch too.
    /// </summary>
    public TimeSpan AskNeighboursAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads of the cache under way for one play, at most.</summary>
    public int CacheReads { get; set; } = 8;
}
