using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Tasks;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Connections;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Sending;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// Serves the requests of one connection: reads chunks straight into the batch that is sent, as many as fit. A read
/// that has to wait for a farther tier keeps its batch and lets the others go on. Owned by the connection's loop.
/// </summary>
internal sealed class RequestServing(ServerContext context, PeerConnection peer, LoopSignal signal) : IBulkSource
{
    private readonly ServingQueue _queue = new();
    private readonly ChunkFraming _framing = new(context.Options.ChunkFrameBytes);
    private readonly List<PendingRead> _pending = [];
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Action _wake = signal.Set;
    private Queue<SendBatch>? _ahead;
    private SendBatch? _batch;
    private int _waiting;
    private bool _batchIsReadInto;

    /// <summary>Whose share of the memory it serves from; set once.</summary>
    public required Subnet Subnet { private get; init; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Unsent =>
        _ahead is { Count: > 0 } ? _ahead.Peek().Unsent : _batch is null ? default : _batch.Unsent;

    /// <summary>Why a request failed last, to be logged by whoever takes it; null when none has since.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Takes in a request that the session delivered.</summary>
    public void Add(in PeerMessage request, int place, Instant now) => _queue.Add(request, place, now);

    /// <summary>Takes the failure, if there is one.</summary>
    public Exception? TakeFailure()
    {
        var failure = Failure;
        Failure = null;
        return failure;
    }

    /// <summary>Takes in that a request was given up.</summary>
    public void Cancel(int place) => _queue[place].Cancelled = true;

    /// <summary>True when the result of a slow read waits for memory to send it from.</summary>
    public bool IsStarved => _batch is null
        && _pending.Exists(static read => read is { InUse: true, Batch: null } && read.IsDone);

    /// <summary>Serves until the batch is full or nothing is left to do. False when nothing was done.</summary>
    public bool Advance(Instant now)
    {
        var advanced = TakeResults();
        while (!_batchIsReadInto && _waiting < context.Options.MaxPendingReads
            && _queue.TryPeek(LeastPriority(), out var place))
        {
            _batch ??= context.Batches.TryRent(Subnet);
            if (!(_batch is null ? TryRefuse(place) : TryServe(place, now)))
                break;

            advanced = true;
        }

        ReturnIdleBatch();
        return advanced;
    }

    /// <inheritdoc/>
    public void MarkSent()
    {
        if (_ahead is { Count: > 0 })
        {
            context.Batches.Return(_ahead.Dequeue(), Subnet);
            return;
        }

        _batch!.MarkSent();
        if (!_batchIsReadInto)
            _batch.Clear();

        ReturnIdleBatch();
    }

    /// <summary>Ends all reads and gives all memory back.</summary>
    public async Task StopAsync()
    {
        await _lifetime.CancelAsync();
        foreach (var read in _pending)
        {
            while (read.InUse && !read.IsDone)
                await signal.WaitAsync();

            ReturnBatchOf(read);
        }

        while (_ahead is { Count: > 0 })
            context.Batches.Return(_ahead.Dequeue(), Subnet);

        ReturnBatch();
        _lifetime.Dispose();
    }

    // The last slot for slow reads is kept for what somebody is listening to.
    private RequestPriority LeastPriority() => _waiting > 0 && _waiting >= context.Options.MaxPendingReads - 1
        ? RequestPriority.Playing
        : RequestPriority.OfflineSync;

    // No memory to serve from. Nothing of the request is unsent, so the answer may go ahead of everything.
    private bool TryRefuse(int place)
    {
        if (!peer.Sender.HasRoom(ProtocolText.MaxLength))
            return false;

        _queue.Take(place);
        peer.Send(PeerMessage.Busy(_queue[place].Request.Request, (uint)context.Options.BusyRetryMilliseconds));
        return true;
    }

    /// <summary>False when the batch is too full.</summary>
    private bool TryServe(int place, Instant now)
    {
        if (_batch!.Room < SendBatch.AnswerRoom + _framing.RoomOf(1))
            return false;

        _queue.Take(place);
        ref var item = ref _queue[place];
        if (item.Cancelled)
            Answer(PeerMessage.Error(item.Request.Request, ProtocolCode.Cancelled));
        else if (now >= item.Deadline)
            Answer(PeerMessage.Error(item.Request.Request, ProtocolCode.Unavailable));
        else if (item.Request.Kind == PeerMessageKind.ChunkRequest)
            ServeChunks(place, ref item);
        else if (item.Manifest is null)
            Find(place, ref item);
        else
            SendManifest(place, ref item);

        return true;
    }

    private void ServeChunks(int place, ref ServingItem item)
    {
        var chunks = (int)Math.Min(item.Left, (uint)_framing.Fitting(_batch!.Room - SendBatch.AnswerRoom));
        try
        {
            var request = item.Range((uint)chunks);
            var read = context.Backend.Chunks.ReadAsync(request, _framing.Target(_batch, chunks), _lifetime.Token);
            if (read.IsCompleted)
                TakeChunks(place, _batch, chunks, read.TakeResult());
            else
                Wait(place, chunks, read, default);
        }
        catch (Exception failed) when (failed is not ProtocolException)
        {
            Fail(place, failed);
        }
    }

    private void Find(int place, ref ServingItem item)
    {
        try
        {
            if (item.Request.Kind == PeerMessageKind.ListRequest)
                FindList(place, item.Request);
            else if (item.Request.Kind == PeerMessageKind.HaveRequest && context.Backend.Held is { } held)
                AnswerHave(item.Request, held.Holds(item.Request.File));
            else
                FindManifest(place, item.Request);
        }
        catch (Exception failed) when (failed is not ProtocolException)
        {
            Fail(place, failed);
        }
    }

    private void FindManifest(int place, in PeerMessage request)
    {
        var find = context.Backend.ManifestsFor(request).FindManifestAsync(request.File, _lifetime.Token);
        if (find.IsCompleted)
            TakeManifest(place, find.TakeResult());
        else
            Wait(place, 0, default, find);
    }

    private void FindList(int place, in PeerMessage request)
    {
        var list = context.Backend.Held!.ListAsync(request.File, (int)request.Count, _lifetime.Token);
        if (list.IsCompleted)
            TakeList(place, list.TakeResult());
        else
            Wait(place, 0, default, default, list);
    }

    private void SendManifest(int place, ref ServingItem item)
    {
        var bytes = item.Manifest!.Bytes.Span;
        var length = Math.Min(Manifest.ChunkSize, bytes.Length - (int)item.Sent);
        var piece = PeerMessage.ManifestData(item.Request.Request, item.Sent, (uint)bytes.Length, length);
        if (peer.TryAnswerInBulk(piece))
            _batch!.Advance(MessageCodec.Write(piece, bytes.Slice((int)item.Sent, length), _batch.Free.Span));

        item.Sent += (uint)length;
        if (piece.IsLastPiece)
            item.Manifest = null;
        else
            _queue.PutBack(place);
    }

    private void TakeManifest(int place, Manifest? found)
    {
        ref var item = ref _queue[place];
        if (item.Cancelled)
        {
            Answer(PeerMessage.Error(item.Request.Request, ProtocolCode.Cancelled));
        }
        else if (item.Request.Kind == PeerMessageKind.HaveRequest)
        {
            AnswerHave(item.Request, found is not null);
        }
        else if (found is null)
        {
            context.Counters.Missed();
            Answer(PeerMessage.NotFound(item.Request.Request, 0));
        }
        else
        {
            item.Manifest = found;
            _queue.PutBack(place);
        }
    }

    private void AnswerHave(in PeerMessage request, bool holds) =>
        Answer(PeerMessage.Have(request.Request, request.File, holds ? HaveKind.Whole : HaveKind.None));

    private void TakeList(int place, FilePage page)
    {
        var list = PeerMessage.List(_queue[place].Request.Request, page.Files.Count, page.HasMore);
        if (peer.TryAnswerInBulk(list))
            _batch!.Advance(ListedFiles.WriteFrame(list, page.Files, _batch.Free.Span));
    }

    private void TakeChunks(int place, SendBatch batch, int chunks, in ChunkReadResult result)
    {
        ref var item = ref _queue[place];
        var request = item.Request.Request;
        switch (result.Status)
        {
            case var _ when item.Cancelled:
                Answer(PeerMessage.Error(request, ProtocolCode.Cancelled));
                break;
            case ChunkReadStatus.Found when result.Length > 0:
                if (TryFrameChunks(ref item, batch, chunks, result) && item.Left > 0)
                    _queue.PutBack(place);

                break;
            case ChunkReadStatus.Busy:
                Answer(PeerMessage.Busy(request, (uint)context.Options.BusyRetryMilliseconds));
                break;
            case ChunkReadStatus.Unavailable:
                Answer(PeerMessage.Error(request, ProtocolCode.Unavailable));
                break;
            default:
                context.Counters.Missed();
                Answer(PeerMessage.NotFound(request, item.Next));
                break;
        }
    }

    private bool TryFrameChunks(ref ServingItem item, SendBatch batch, int chunks, in ChunkReadResult result)
    {
        // Each chunk moves to the front before the next is looked at, so frames never run into what is unread.
        var source = _framing.Target(batch, chunks)[..result.Length].Span;
        var tier = result.Tier == Tier.None ? Tier.Production : result.Tier;
        while (!source.IsEmpty)
        {
            var length = Math.Min(Manifest.ChunkSize, source.Length);
            var whole = PeerMessage.ChunkData(item.Request.Request, item.Next, tier, length);
            if (!peer.TryAnswerInBulk(whole))
                return false;

            _framing.Frame(batch, source[..length], whole);
            source = source[length..];
            item.Sent++;
            context.Counters.Sent(1, length);
        }

        return true;
    }

    /// <summary>Lets a read go on by itself, in the batch it began in; the others continue in a fresh one.</summary>
    private void Wait(int place, int chunks, ValueTask<ChunkReadResult> read, ValueTask<Manifest?> find,
        ValueTask<FilePage>? list = null)
    {
        var pending = _pending.Find(static slot => !slot.InUse);
        if (pending is null)
            _pending.Add(pending = new PendingRead(_wake));

        (pending.InUse, pending.Place, pending.Chunks) = (true, place, chunks);
        (pending.Read, pending.Find, pending.List) = (read, find, list);
        _waiting++;
        if (chunks > 0)
        {
            pending.Batch = _batch;
            if (context.Batches.TryRent(Subnet) is { } fresh)
            {
                fresh.Add(_batch!.Unsent.Span);
                _batch.MarkSent();
                _batch = fresh;
            }
            else
            {
                _batchIsReadInto = true;
            }
        }

        pending.Hook();
    }

    private bool TakeResults()
    {
        var taken = false;
        foreach (var read in _pending)
        {
            if (!read.InUse || !read.IsDone || !CanTake(read))
                continue;

            read.InUse = false;
            _waiting--;
            taken = true;
            TakeResult(read);
        }

        return taken;
    }

    private bool CanTake(PendingRead read)
    {
        // What is being read into can take nothing else.
        if (_batchIsReadInto && read.Batch != _batch)
            return false;

        if (read.Batch is not null)
            return true;

        _batch ??= context.Batches.TryRent(Subnet);
        return _batch is not null && _batch.Room >= SendBatch.AnswerRoom + _framing.RoomOf(1);
    }

    private void TakeResult(PendingRead read)
    {
        var place = read.Place;
        if (read.Batch is not null && read.Batch != _batch)
            GoOnIn(read.Batch);

        try
        {
            if (read.List is { } list)
                TakeList(place, list.TakeResult());
            else if (read.Chunks == 0)
                TakeManifest(place, read.Find.TakeResult());
            else
                TakeChunks(place, read.Batch!, read.Chunks, read.Read.TakeResult());
        }
        catch (Exception failed) when (failed is not ProtocolException)
        {
            Fail(place, failed);
        }

        ReturnBatchOf(read);
    }

    // What a slow read brought leaves from where it is, behind all that was gathered before.
    private void GoOnIn(SendBatch batch)
    {
        if (_batch is { HasUnsent: true })
            (_ahead ??= new Queue<SendBatch>()).Enqueue(_batch);
        else
            ReturnBatch();

        _batch = batch;
    }

    private void ReturnBatchOf(PendingRead read)
    {
        if (read.Batch is { } batch && batch != _batch)
            context.Batches.Return(batch, Subnet);
        else if (read.Batch is not null)
            _batchIsReadInto = false;

        read.Batch = null;
    }

    private void Answer(in PeerMessage answer)
    {
        if (peer.TryAnswerInBulk(answer))
            _batch!.Add(answer);
    }

    private void Fail(int place, Exception failure)
    {
        if (failure is not OperationCanceledException)
            Failure = failure;

        Answer(PeerMessage.Error(_queue[place].Request.Request, ProtocolCode.Internal));
    }

    private void ReturnIdleBatch()
    {
        if (_batch is { HasUnsent: false } && !_batchIsReadInto && !_queue.TryPeek(RequestPriority.OfflineSync, out _))
            ReturnBatch();
    }

    private void ReturnBatch()
    {
        if (_batch is { } batch)
            context.Batches.Return(batch, Subnet);

        _batch = null;
    }
}
