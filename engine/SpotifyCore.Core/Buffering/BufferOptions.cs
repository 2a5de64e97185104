namespace SpotifyCore.Core.Buffering;

/// <summary>
/// How much music must lie ahead of the playback point. [K]: Kreitz and Niemelä 2010; [M]: told of it, not confirmed.
/// </summary>
public sealed class BufferOptions
{
    /// <summary>
    /// A chunk that is due within so long is urgent: production is asked for it, and uploads pause while it is the
    /// next one missing. The original had about 3 s [K, M]; production answers within half a second, or two when it
    /// must ask master.
    /// </summary>
    public TimeSpan LowMark { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What is asked of production at once on a cold start, and kept ahead until peers are connected. The original
    /// asked for about 15 s [K]; peers that the tracker names with the track are there within one.
    /// </summary>
    public TimeSpan Head { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How far ahead of the playback point production is asked for what sounds: where no connected peer has the file,
    /// times <see cref="LookAheadFactorWithoutPeers"/>; for an output that keeps no time, once
    /// <see cref="UnpacedPatience"/> with peers is over. While peers carry what is heard in time it is
    /// <see cref="LowMark"/>. The original: about 15 s [K].
    /// </summary>
    public TimeSpan LookAhead { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How far ahead of the playback point peers are asked as a track begins. Listeners skip most in the first
    /// seconds, and what was fetched beyond is then wasted and has stood in the way of what they went to.
    /// <see cref="TimeSpan.MaxValue"/> to fetch the whole track as fast as peers send it [K].
    /// </summary>
    public TimeSpan PeerLookAhead { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How much farther for each second that was played: who stays, stays longer.</summary>
    public double PeerLookAheadGrowth { get; set; } = 0.5;

    /// <summary>
    /// How much of the next track peers are asked for before its turn; <see cref="TimeSpan.MaxValue"/> for all of it
    /// [K].
    /// </summary>
    public TimeSpan PeerHead { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// The look-ahead grows by this factor when no peer has the file: far enough to outlive a node's failure, short
    /// enough to waste little on a track that is skipped.
    /// </summary>
    public double LookAheadFactorWithoutPeers { get; set; } = 2;

    /// <summary>
    /// An output that keeps no time has no low mark: production is asked once peers have not sent what is needed next for
    /// so long, whatever else they sent.
    /// </summary>
    public TimeSpan UnpacedPatience { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Peers of a track that a listener waits for are looked for once it sounds, or after so long: their handshakes and
    /// first chunks share the line with what production sends for the start. Zero to look for them at once [K].
    /// </summary>
    public TimeSpan StartAlone { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// How long after a track is opened its peers are waited for: production is asked for the head alone until then.
    /// </summary>
    public TimeSpan PeerSearch { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A source this many times quicker than the music is trusted to keep ahead from the first chunk on.
    /// </summary>
    public double SafeSpeedFactor { get; set; } = 1.5;

    /// <summary>
    /// Least music needed to begin with such a source, and to go on after silence: what the player wants as well
    /// (<c>PlayerOptions.RebufferMilliseconds</c>).
    /// </summary>
    public TimeSpan LeastStart { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Music gathered before a source of a lesser speed is begun with, at most.</summary>
    public TimeSpan MostStart { get; set; } = TimeSpan.FromSeconds(8);
}
