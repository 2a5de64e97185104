using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Playing;

namespace SpotifyCore.Core.Tests.Playing;

/// <summary>
/// A core whose cache holds every track, with its player and its access point: their answers come one at a time, when a
/// test wants them.
/// </summary>
internal sealed class PlaybackStage
    : IChunkVerifier, IAccessPoint, IChunkStore, IPeerNetwork, IPlayer, IWakeTimer
{
    private static readonly Dictionary<TrackId, Manifest> Manifests =
        Enumerable.Range(0, 12).Select(seed => TestTrack.Create(seed, seconds: 20)).ToDictionary(
            track => track.Id, track => track.Manifest);

    private readonly ActionBuffer _actions = new(16);
    private readonly Queue<Action> _answers = [];
    private readonly ClientCore _core;
    private readonly ClientPorts _ports;
    private bool _maySound;
    private int _opened;
    private (ImpressionId Impression, Instant Until) _due;

    public PlaybackStage()
    {
        _core = new ClientCore(new ClientCoreOptions(), this);
        _ports = new ClientPorts(this, this, this, this, this);
    }

    public PlaybackController Playback => _core.Playback;

    public Instant Now { get; private set; } = new(TimeSpan.TicksPerHour);

    /// <summary>Tracks that the access point does not know.</summary>
    public HashSet<TrackId> Unknown { get; } = [];

    /// <summary>Tracks that can be played though the access point is away.</summary>
    public HashSet<TrackId> Held { get; } = [];

    /// <summary>
    /// After how many tracks an advert is due, which takes five seconds; 0 for never. It is the sound of track 11.
    /// </summary>
    public int AdvertAfter { get; init; }

    /// <summary>True while the access point is out of reach.</summary>
    public bool IsAway { get; set; }

    /// <summary>
    /// True while the account plays on another device: what nobody asks for is not opened. Null where accounts play on as
    /// many as they like.
    /// </summary>
    public bool? PlaysElsewhere { get; set; }

    /// <summary>True while the access point opens nothing on this device, which took over too often.</summary>
    public bool IsToWait { get; set; }

    /// <summary>What the access point was asked for.</summary>
    public List<OpenTrack> Opens { get; } = [];

    /// <summary>What the player plays.</summary>
    public PlayId Voice { get; private set; }

    /// <summary>What the player plays behind that.</summary>
    public PlayId Following { get; private set; }

    /// <summary>True once the player has told that it sounds.</summary>
    public bool Sounds { get; private set; }

    public SetOutput Output { get; private set; } = new(IsPaused: false, Volume: 100, Crossfade: TimeSpan.Zero);

    public Instant WakeTime { get; private set; } = Instant.Never;

    /// <summary>Plays that were closed before their end, and why.</summary>
    public List<(PlayId Play, DeliveryFailure Failure)> Failures { get; } = [];

    /// <summary>In which order the player was stopped and plays were closed.</summary>
    public List<string> Told { get; } = [];

    /// <summary>What the access point was told of whether the client plays.</summary>
    public List<TellPlaying> ToldPlaying { get; } = [];

    public bool HasAnswers => _answers.Count > 0;

    public static TrackId Track(int number) => TestTrack.Create(number, seconds: 20).Id;

    public static TrackId[] Tracks(params int[] numbers) => [.. numbers.Select(Track)];

    public void Raise<TEvent>(in TEvent occurred)
        where TEvent : struct, IClientEvent
    {
        _actions.Clear();
        _core.Handle(occurred, Now, _actions);
        for (var i = 0; i < _actions.Count; i++)
            _actions.CarryOut(i, _ports);
    }

    /// <summary>Raises what a listener does, and has everything answered.</summary>
    public void Do<TEvent>(in TEvent occurred)
        where TEvent : struct, IClientEvent
    {
        Raise(occurred);
        AnswerAll();
    }

    public void Answer()
    {
        if (_answers.TryDequeue(out var answer))
            answer();
    }

    public void AnswerAll()
    {
        while (HasAnswers)
            Answer();
    }

    public void Pass(TimeSpan span)
    {
        Now += span;
        while (WakeTime <= Now)
        {
            WakeTime = Instant.Never;
            Raise(new Woken());
        }
    }

    /// <summary>The player begins to sound what it may, or ends what sounds.</summary>
    public void PlayOn()
    {
        if (Output.IsPaused || !_maySound)
            return;

        if (!Sounds)
        {
            Sounds = true;
            Raise(new PlaySounding(Voice, Now));
            return;
        }

        var ended = GoOver();
        Raise(new PlayEnded(ended, 48_000, IsComplete: true, Now));
        if (Voice == PlayId.None)
            Raise(new OutputDrained());
    }

    /// <summary>The player is where it says.</summary>
    public void Advance(long sample) => Raise(new PlaybackAdvanced(Voice, 0, sample) { At = Now });

    /// <summary>The player finds that what it plays is damaged, and goes over to what follows.</summary>
    public void Break()
    {
        if (Voice != PlayId.None)
            Raise(new PlayFailed(GoOver(), Now));
    }

    public bool Matches(int slot, Manifest manifest, uint index, int length) => true;

    public void Open(in OpenTrack track)
    {
        var (play, id, isAdvert, last) = (track.Play, track.Track, track.IsAdvert, track.LastAdvert);
        Opens.Add(track);
        var isWanted = track.Reason == OpenReason.Wanted;
        if (PlaysElsewhere == true && isWanted && !IsToWait)
            PlaysElsewhere = false;

        var (isRefused, isTaken) = (PlaysElsewhere == true && !isAdvert, PlaysElsewhere == false && isWanted);
        _answers.Enqueue(() =>
        {
            if (isRefused)
                Raise(new TrackOpenFailed(play, DeliveryFailure.PlaysElsewhere));
            else if (isAdvert)
                Raise(new TrackOpened(play, new OpenedTrack(Manifests[id], [], [])));
            else if (Unknown.Contains(id))
                Raise(new TrackOpenFailed(play, DeliveryFailure.UnknownTrack));
            else if (IsAway && !Held.Contains(id))
                Raise(new TrackOpenFailed(play, DeliveryFailure.AccessPointUnreachable));
            else if (IsAdvertDue(last, out var wait))
                Raise(new AdvertDue(play, Track(11), _due.Impression, wait) { IsStreamTaken = isTaken });
            else
                Raise(new TrackOpened(play, new OpenedTrack(Manifests[id], [], [])) { IsStreamTaken = isTaken });
        });
    }

    private bool IsAdvertDue(AdvertOutcome last, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (AdvertAfter == 0)
            return false;

        if (_opened++ % AdvertAfter == AdvertAfter - 1 && _due == default)
            _due = (new ImpressionId(new Id128((ulong)_opened, 1)), Now + TimeSpan.FromSeconds(5));
        if (_due == default)
            return false;

        wait = _due.Until > Now ? _due.Until - Now : TimeSpan.Zero;
        if (last.Impression == _due.Impression && wait == TimeSpan.Zero)
            _due = default;

        return _due != default;
    }

    public void CheckHeld(in CheckHeld check)
    {
        var track = check.Track;
        _answers.Enqueue(() => Raise(new HeldChecked(track, Held.Contains(track))));
    }

    public void AskPresence(in AskPresence asked)
    {
        var (play, words) = (asked.Play, (int)((asked.Chunks + 63) / 64));
        _answers.Enqueue(() => Raise(new PresenceKnown(play, Enumerable.Repeat(ulong.MaxValue, words).ToArray())));
    }

    public void Read(in ReadChunk read)
    {
        var (play, chunk) = (read.Play, read.Chunk);
        _answers.Enqueue(() => Raise(new CacheRead(play, chunk, Slot: 1, Manifest.ChunkSize)));
    }

    public void Load(in LoadPlay load)
    {
        if (load.Follows && Voice != PlayId.None)
        {
            Following = load.Play;
            return;
        }

        (Voice, Following, Sounds, _maySound) = (load.Play, PlayId.None, false, load.Follows);
    }

    public void Stop(in StopPlay stop)
    {
        Told.Add("stop");
        if (stop.Play == PlayId.None)
            (Voice, Sounds, _maySound) = (PlayId.None, false, false);

        if (stop.Play == PlayId.None || stop.Play == Following)
            Following = PlayId.None;
    }

    public void SetOutput(in SetOutput output) => Output = output;

    public void StartSounding(in StartSounding start) => _maySound |= start.Play == Voice;

    public void Close(in ClosePlay closed)
    {
        Told.Add("close");
        if (closed.Failure != DeliveryFailure.None)
            Failures.Add((closed.Play, closed.Failure));
    }

    public void WakeAt(Instant at) => WakeTime = at;

    public void Deliver(in DeliverChunk chunk)
    {
    }

    public void Reposition(in Reposition seek)
    {
    }

    public void FindPeers(in FindPeers find)
    {
    }

    public void AnnounceHeld(in AnnounceHeld held)
    {
    }

    public void TellPlaying(in TellPlaying playing) => ToldPlaying.Add(playing);

    public void AskReverse(in AskReverse ask)
    {
    }

    public void Report(in ReportPeer report)
    {
    }

    public void Store(in StoreChunk chunk)
    {
    }

    public void OpenKept(in OpenKept opening)
    {
    }

    public void Keep(in KeepChunk chunk)
    {
    }

    public void EndKeeping(in EndKeeping ended)
    {
    }

    public void QueryHeld(in QueryHeld query)
    {
    }

    public void Connect(in Connect connect)
    {
    }

    public void Close(in CloseConnection close)
    {
    }

    public void Send(in SendMessage send)
    {
    }

    public void SendHit(in SendHit hit)
    {
    }

    public void SendPart(in SendPart part)
    {
    }

    public void SendChunk(in SendChunk chunk)
    {
    }

    private PlayId GoOver()
    {
        var over = Voice;
        (Voice, Following, Sounds) = (Following, PlayId.None, false);
        _maySound = Voice != PlayId.None;
        return over;
    }
}
