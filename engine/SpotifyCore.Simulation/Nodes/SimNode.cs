using SpotifyCore.Content.Sources;
using SpotifyCore.Core;
using SpotifyCore.Simulation.Caching;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Timing;
using SpotifyCore.Simulation.Tracks;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Simulation.Nodes;

/// <summary>
/// A storage node: the real sessions and serving queues over a cache of names; what that lacks comes from master
/// storage after its latency, at its rate, once for all who wait for it.
/// </summary>
public sealed class SimNode : SimHost, IDue
{
    private const int IsRead = 0;
    private const int IsFetched = 1;
    private const int MostPendingReads = 4;

    private readonly TrackLibrary _tracks;
    private readonly FileCache _cache;
    private readonly NodeReads _reads = new();
    private readonly Dictionary<TrackChunk, long> _fetching = [];
    private readonly Downlink _master;
    private int _accepted;

    internal SimNode(SimNetwork network, TrackLibrary tracks, NodeSpec spec)
        : base(network, spec.Region, spec.DownBytesPerSecond, spec.UpBytesPerSecond)
    {
        (Spec, _tracks) = (spec, tracks);
        _cache = new FileCache(tracks, spec.CacheBytes);
        _master = new Downlink(spec.MasterBytesPerSecond);
        SessionOptions = new PeerSessionOptions { Role = PeerRole.Node };
    }

    /// <summary>What it is like.</summary>
    public NodeSpec Spec { get; }

    /// <summary>True while it is up.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>Bytes in its cache.</summary>
    public long CachedBytes => _cache.HeldBytes;

    /// <summary>Chunks that master storage is asked for.</summary>
    internal int Fetching => _fetching.Count;

    /// <inheritdoc/>
    int IDue.TraceId => Number;

    internal override bool IsReachable => true;

    internal override bool IsListening => IsUp;

    internal override int MostConnections => Spec.MostConnections;

    internal override PeerSessionOptions SessionOptions { get; }

    /// <summary>Puts a whole file into its cache.</summary>
    public void Fill(int track) => _cache.Fill(track);

    /// <summary>It is gone without a word, with all of its connections; the cache stays.</summary>
    public void Crash()
    {
        IsUp = false;
        for (var i = Ends.Count - 1; i >= 0; i--)
            Ends[i].Lose();
    }

    /// <summary>
    /// It is stopped in good order: it says so, and closes each connection once what was asked over it is answered, or
    /// after a while.
    /// </summary>
    public void Stop()
    {
        IsUp = false;
        ConnectionEnd[] ends = [.. Ends];
        foreach (var end in ends)
            end.Drain();

        Time.After(Spec.DrainTimeout, () =>
        {
            foreach (var end in ends)
                end.Close();
        });
    }

    /// <summary>It is back.</summary>
    public void Recover() => IsUp = true;

    /// <inheritdoc/>
    void IDue.Due(int what, long value)
    {
        if (what == IsFetched)
        {
            Fetched((int)value);
            return;
        }

        if (AsleepUntil > Time.Now.Ticks)
        {
            Time.Push(AsleepUntil, this, what, value);
            return;
        }

        var read = _reads.Take((int)value);
        if (read.End.IsClosed || read.End.State is not NodeServing serving)
            return;

        serving.Reading--;
        serving.Pending -= read.IsMaster ? 1 : 0;
        Send(read, serving);
        Serve(read.End, serving);
    }

    internal override void Opened(ConnectionEnd end) => end.State = new NodeServing();

    internal override void Received(ConnectionEnd end, in Parcel parcel)
    {
        ref readonly var message = ref parcel.Message;
        var serving = (NodeServing)end.State!;
        switch (message.Kind)
        {
            case PeerMessageKind.ChunkRequest:
                Network.Counters.NodeRequests++;
                serving.Queue.Add(message, end.DeliveredPlace, Time.Now);
                serving.MasterTo(end.DeliveredPlace) = 0;
                break;
            case PeerMessageKind.Cancel:
                serving.Queue[end.DeliveredPlace].Cancelled = true;
                break;
            case PeerMessageKind.HaveRequest:
                end.Send(PeerMessage.Have(message.Request, message.File, HaveKind.Whole));
                break;
        }

        Serve(end, serving);
    }

    internal override void Ended(ConnectionEnd end, bool wasOpen, bool misbehaved) => end.State = null;

    internal override ConnectionId NextIncoming() => new(--_accepted);

    internal override void Connected(ConnectionEnd end)
    {
    }

    internal override void Accepted(ConnectionEnd end)
    {
    }

    internal override void ConnectFailed(ConnectionId connection)
    {
    }

    internal override void LaneFree(ConnectionEnd end, in PeerMessage sent)
    {
        if (end.State is NodeServing serving)
            Serve(end, serving);
    }

    // One chunk at a time is read ahead of what is on its way; reads of master storage wait beside it.
    private void Serve(ConnectionEnd end, NodeServing serving)
    {
        while (!end.IsClosed && !end.Lane.IsBusy && serving.Reading == serving.Pending
            && serving.Pending < MostPendingReads && serving.Queue.TryPeek(LeastFor(serving), out var place))
        {
            serving.Queue.Take(place);
            ref var item = ref serving.Queue[place];
            if (item.Cancelled)
                end.Send(PeerMessage.Error(item.Request.Request, ProtocolCode.Cancelled));
            else if (Time.Now >= item.Deadline)
                end.Send(PeerMessage.Error(item.Request.Request, ProtocolCode.Unavailable));
            else
                Read(end, serving, place, ref item);
        }
    }

    private static RequestPriority LeastFor(NodeServing serving) => serving.Pending == MostPendingReads - 1
        ? RequestPriority.Playing
        : RequestPriority.OfflineSync;

    private void Read(ConnectionEnd end, NodeServing serving, int place, ref ServingItem item)
    {
        var track = _tracks.IndexOf(item.Request.File);
        var wanted = new TrackChunk(track, item.Next);
        var lacks = !Spec.HoldsAll && !_cache.Holds(track, item.Next);
        if (track < 0 || item.Next >= _tracks.ChunksOf(track) || (lacks && !Spec.HasMaster))
        {
            end.Send(PeerMessage.NotFound(item.Request.Request, item.Next));
            return;
        }

        _cache.Touch(track);
        var number = _reads.Put(new NodeRead(end, place, item.Request.Request, wanted, lacks));
        serving.Reading++;
        if (!lacks)
        {
            // Only the first chunk of a range waits for the disk; the others were read with it.
            var takes = item.Sent == 0 ? Spec.ReadTakes.Ticks : 0;
            Time.Push(Time.Now.Ticks + takes, this, IsRead, number);
            return;
        }

        serving.Pending++;
        serving.MasterTo(place) = item.Next + item.Left;
        Time.Push(Fetch(track, ref item), this, IsRead, number);
    }

    /// <summary>
    /// Asks master storage for the rest of a request, unless others did; when the next chunk is here.
    /// </summary>
    private long Fetch(int track, ref ServingItem item)
    {
        var wanted = new TrackChunk(track, item.Next);
        if (_fetching.TryGetValue(wanted, out var due))
            return due;

        Network.Counters.MasterRequests++;
        var first = Time.Now.Ticks + Spec.MasterLatency.Ticks;
        for (var chunk = item.Next; chunk < item.Next + item.Left && chunk < _tracks.ChunksOf(track); chunk++)
        {
            var fetched = new TrackChunk(track, chunk);
            if (_cache.Holds(track, chunk) || _fetching.ContainsKey(fetched))
                continue;

            var bytes = _tracks.ChunkLengthOf(track, chunk);
            Network.Counters.MasterBytes += bytes;
            var arrives = _master.Pass(first, bytes);
            _fetching.Add(fetched, arrives);
            Time.Push(arrives, this, IsFetched, _reads.Put(new NodeRead(null!, 0, 0, fetched, true)));
        }

        return _fetching[wanted];
    }

    private void Fetched(int number)
    {
        var fetched = _reads.Take(number).Chunk;
        _fetching.Remove(fetched);
        _cache.TryAdd(fetched.Track, fetched.Index);
    }

    private void Send(in NodeRead read, NodeServing serving)
    {
        ref var item = ref serving.Queue[read.Place];
        if (item.Request.Request != read.Request)
            return;

        if (item.Cancelled)
        {
            read.End.Send(PeerMessage.Error(read.Request, ProtocolCode.Cancelled));
            return;
        }

        if (read.End.Lane.IsBusy)
        {
            serving.Queue.PutBack(read.Place);
            return;
        }

        var (track, chunk) = read.Chunk;
        var length = _tracks.ChunkLengthOf(track, chunk);
        var tier = chunk < serving.MasterTo(read.Place) ? Tier.Master : Tier.Production;
        if (!read.End.Send(PeerMessage.ChunkData(read.Request, chunk, tier, length)))
            return;

        item.Sent++;
        if (item.Left > 0)
            serving.Queue.PutBack(read.Place);
    }
}
