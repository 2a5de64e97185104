using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Playback.Loudness;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// One track on its way from sealed chunks to levelled PCM, decoded a bounded time ahead. Used for track after track,
/// by one thread; allocates a little for each track and nothing for a chunk or packet.
/// </summary>
internal sealed class TrackVoice : IDisposable
{
    private readonly IOpusDecoder _opus;
    private readonly byte[] _chunk = new byte[Manifest.ChunkSize];
    private readonly PcmRing _ahead;
    private readonly GainRamp _gain = new();
    private readonly int _aheadSamples;
    private OpusTrackDecoder? _decoder;
    private ChunkSeal? _seal;
    private int _leaveAside;
    private int _overlap;

    /// <summary>Makes a silent voice that decodes at least <paramref name="aheadSamples"/> ahead.</summary>
    public TrackVoice(IOpusCodec codec, int aheadSamples)
    {
        _opus = codec.CreateDecoder(AudioFormat.Channels);
        _aheadSamples = aheadSamples;
        _ahead = new PcmRing(aheadSamples + OpusFormat.MaxPacketSamples);
    }

    /// <summary>The track, or null.</summary>
    public PlayableTrack? Track { get; private set; }

    /// <summary>True when nothing more will be decoded: the track's end is here, or a failure.</summary>
    public bool IsDecoded { get; private set; }

    /// <summary>Why decoding came to an early end, or null.</summary>
    public PlayFailure? Failure { get; private set; }

    /// <summary>The failure in words.</summary>
    public string FailureReason { get; private set; } = "";

    /// <summary>Samples per channel decoded and not handed out.</summary>
    public int Ahead => _ahead.Count;

    /// <summary>True when there is no room to decode more before some is handed out.</summary>
    public bool IsFull => _ahead.Count >= _aheadSamples + (EndIsNear ? Overlap : 0);

    /// <summary>
    /// Most samples per channel that it sounds together with another track: no more than half of it. 0 when there is none.
    /// </summary>
    public int Overlap => Track is null ? 0 : (int)Math.Min(_overlap, Track.Manifest.Samples / 2);

    /// <summary>Samples per channel of the track that are not handed out. 0 when there is none.</summary>
    public long Left => Track is null ? 0 : Track.Manifest.Samples - Position;

    /// <summary>Its largest sample, levelled, at full volume; 1 is full scale.</summary>
    public float Peak { get; private set; }

    /// <summary>Samples per channel handed out in all.</summary>
    public long HandedOut { get; private set; }

    /// <summary>The epoch of the feed that it has come to.</summary>
    public int Epoch { get; private set; }

    /// <summary>The sample of the track that is handed out next.</summary>
    public long Position { get; private set; }

    /// <summary>Takes up a track from its start.</summary>
    public void Load(PlayableTrack track, Action arrived)
    {
        Clear();
        Track = track;
        _opus.Reset();
        _decoder = new OpusTrackDecoder(_opus, track.Manifest.PreSkip);
        _seal = new ChunkSeal(track.Key);
        Epoch = 0;
        _leaveAside = 0;
        HandedOut = 0;
        track.Feed.Attach(arrived);
    }

    /// <summary>All of the track is decoded: what is left of it can be handed out without its feed.</summary>
    public void CloseFeed() => Track!.Feed.Close();

    /// <summary>Lets go of the track.</summary>
    public void Clear()
    {
        Track?.Feed.Close();
        Track = null;
        _seal?.Dispose();
        _seal = null;
        _decoder = null;
        MoveTo(0);
    }

    /// <summary>Goes elsewhere in the track; its feed has been moved already.</summary>
    public void Seek(in SeekPlan plan, int epoch)
    {
        _decoder!.SeekTo(plan);
        Epoch = epoch;
        _leaveAside = plan.Offset;
        MoveTo(plan.Sample);
        IsDecoded = plan.Sample == Track!.Manifest.Samples;
    }

    /// <summary>Changes the level: gliding when some of the track was heard, else at once.</summary>
    public void SetLevel(LoudnessMode loudness, float volume)
    {
        if (Track is null)
            return;

        var levelled = FactorOf(loudness);
        Peak = levelled * (Track.Manifest.TrackPeak is > 0 and < float.PositiveInfinity and var peak ? peak : 1);
        var factor = levelled * volume;
        if (HandedOut > 0)
            _gain.Glide(factor);
        else
            _gain.Jump(factor);
    }

    /// <summary>
    /// Changes how many samples per channel of its end are decoded ahead, to sound together with another track.
    /// </summary>
    public void SetOverlap(int samples)
    {
        _overlap = samples;
        _ahead.Grow(_aheadSamples + samples + OpusFormat.MaxPacketSamples);
    }

    /// <summary>Decodes the next packet, if there is room and the feed allows.</summary>
    public VoiceStep Decode()
    {
        if (Track is null || IsDecoded || IsFull)
            return VoiceStep.None;

        var done = VoiceStep.None;
        try
        {
            ReadOnlySpan<float> pcm;
            while (!_decoder!.TryRead(out pcm))
            {
                if (_decoder.Ended || !TryPushChunk())
                {
                    CheckEnd();
                    return done;
                }

                done |= VoiceStep.TookChunk;
            }

            if (_decoder.Position > Track.Manifest.Samples)
                throw new InvalidDataException("The stream is longer than its manifest says.");

            _ahead.Write(pcm);
            return done | VoiceStep.Decoded;
        }
        catch (InvalidDataException damage)
        {
            Fail(PlayFailure.Damaged, damage.Message);
            return done;
        }
    }

    /// <summary>Moves the next samples out, levelled; as many must be <see cref="Ahead"/>.</summary>
    public void HandOut(Span<float> interleaved)
    {
        _ahead.Read(interleaved);
        _gain.Apply(interleaved);
        var samples = interleaved.Length / AudioFormat.Channels;
        HandedOut += samples;
        Position += samples;
    }

    public void Dispose()
    {
        Clear();
        _opus.Dispose();
    }

    private bool EndIsNear => Left <= Overlap + _aheadSamples;

    private float FactorOf(LoudnessMode loudness)
    {
        var manifest = Track!.Manifest;
        return LoudnessLevel.FactorOf(loudness, LoudnessLevel.Of(manifest), Track.Album);
    }

    private void MoveTo(long sample)
    {
        _ahead.Clear();
        Position = sample;
        IsDecoded = false;
        Failure = null;
        FailureReason = "";
    }

    private bool TryPushChunk()
    {
        switch (Track!.Feed.TryTake(Epoch, _chunk, out var taken))
        {
            case FeedStatus.Taken:
                var chunk = _chunk.AsSpan(0, taken.Length);
                _seal!.Apply(taken.Index, chunk);
                _decoder!.Push(chunk[_leaveAside..]);
                _leaveAside = 0;
                return true;
            case FeedStatus.End:
                throw new InvalidDataException("The stream breaks off before its end.");
            case FeedStatus.Failed:
                Fail(PlayFailure.Undelivered, Track.Feed.Failure ?? "");
                return false;
            default:
                return false;
        }
    }

    private void CheckEnd()
    {
        if (!_decoder!.Ended)
            return;

        IsDecoded = true;
        if (_decoder.Position != Track!.Manifest.Samples)
            throw new InvalidDataException("The stream is shorter than its manifest says.");
    }

    private void Fail(PlayFailure failure, string reason)
    {
        IsDecoded = true;
        Failure = failure;
        FailureReason = reason;
    }
}
