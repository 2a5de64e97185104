using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>The serving side of a session: what the far side asks, and what the owner may answer.</summary>
internal sealed class IncomingRequests(PeerSessionOptions options)
{
    private readonly RequestTable _table = new();
    private uint _newest;

    public int Count => _table.Count;

    /// <summary>What the far side may ask.</summary>
    public RemoteAccess Access { get; set; }

    /// <summary>True when further requests are answered with going-away.</summary>
    public bool Draining { get; set; }

    /// <summary>True when the far side may search here: it may ask for chunks, and this side stays.</summary>
    public bool MaySearch(Instant now) =>
        !Draining && Access.Refuses(PeerMessageKind.ChunkRequest, now) == ProtocolCode.None;

    /// <summary>Takes in a request, or a part of a put.</summary>
    public void Receive(in PeerMessage message, Instant now, SessionActions actions)
    {
        switch (message.Kind)
        {
            case PeerMessageKind.Cancel:
                Cancel(message, actions);
                break;
            case PeerMessageKind.PutBegin when message.Offset > 0:
            case PeerMessageKind.PutChunk or PeerMessageKind.PutCommit:
                ContinuePut(message, actions);
                break;
            default:
                Begin(message, now, actions);
                break;
        }
    }

    /// <summary>Takes in an answer of the owner; false when it does not fit.</summary>
    public bool TryAnswer(in PeerMessage answer, SessionActions actions)
    {
        var place = _table.Find(answer.Request);
        if (place < 0 || !Fits(ref _table[place], answer, out var ends))
            return false;

        if (ends)
            _table.Remove(place);

        actions.Send(answer);
        return true;
    }

    private static bool Fits(ref RequestEntry entry, in PeerMessage answer, out bool ends)
    {
        ends = true;
        switch (answer.Kind)
        {
            case PeerMessageKind.ChunkData:
                ends = false;
                return entry is { Kind: PeerMessageKind.ChunkRequest, Cancelled: false }
                    && PieceRules.TryTakeOfRange(ref entry, answer, out ends);
            case PeerMessageKind.ManifestData:
                ends = answer.IsLastPiece;
                return entry is { Kind: PeerMessageKind.ManifestRequest, Cancelled: false }
                    && PieceRules.TryTake(ref entry, answer);
            case PeerMessageKind.Have:
                return entry.Kind == PeerMessageKind.HaveRequest;
            case PeerMessageKind.List:
                return entry.Kind == PeerMessageKind.ListRequest;
            case PeerMessageKind.NotFound:
                return entry.Kind is PeerMessageKind.ChunkRequest or PeerMessageKind.ManifestRequest;
            case PeerMessageKind.PutReady:
                ends = answer.Put == PutState.AlreadyHeld;
                var judged = entry is { Kind: PeerMessageKind.PutBegin, Phase: RequestPhase.Judged };
                entry.Phase = judged ? RequestPhase.Filling : entry.Phase;
                return judged;
            case PeerMessageKind.PutCommitted:
                return entry is { Kind: PeerMessageKind.PutBegin, Phase: RequestPhase.Committing };
            default:
                return answer.Kind is PeerMessageKind.Busy or PeerMessageKind.Error;
        }
    }

    private void Begin(in PeerMessage message, Instant now, SessionActions actions)
    {
        ProtocolException.ThrowIf(!IsNew(message.Request), ProtocolCode.DuplicateRequest);
        ProtocolException.ThrowIf(_table.Count >= options.RequestLimit, ProtocolCode.TooManyRequests);
        _newest = message.Request;
        var refused = Draining ? ProtocolCode.GoingAway : Refuses(message.Kind, now);
        if (refused != ProtocolCode.None)
        {
            actions.Send(PeerMessage.Error(message.Request, refused));
            return;
        }

        var place = _table.Add(message);
        if (message.Kind == PeerMessageKind.PutBegin)
            TakeManifest(message, ref _table[place]);

        actions.Deliver(message, place);
    }

    private ProtocolCode Refuses(PeerMessageKind kind, Instant now)
    {
        var offered = kind switch
        {
            PeerMessageKind.PutBegin => options.TakesPuts,
            PeerMessageKind.ListRequest => options.ListsFiles,
            _ => options.Serves,
        };
        return offered ? Access.Refuses(kind, now) : ProtocolCode.NotSupported;
    }

    private void Cancel(in PeerMessage message, SessionActions actions)
    {
        var place = FindOrEnded(message.Request);
        if (place < 0 || _table[place].Cancelled)
            return;

        _table[place].Cancelled = true;
        actions.Deliver(message, place);
    }

    // Pieces of a put that this side has ended are still on their way: they are dropped.
    private void ContinuePut(in PeerMessage message, SessionActions actions)
    {
        var place = FindOrEnded(message.Request);
        if (place < 0)
            return;

        ref var entry = ref _table[place];
        ProtocolException.ThrowIf(entry.Kind != PeerMessageKind.PutBegin, ProtocolCode.UnknownRequest);
        switch (message.Kind)
        {
            case PeerMessageKind.PutBegin:
                TakeManifest(message, ref entry);
                break;
            case PeerMessageKind.PutChunk:
                ProtocolException.ThrowIf(entry.Phase != RequestPhase.Filling, ProtocolCode.OutOfTurn);
                ProtocolException.ThrowIf(!PieceRules.TryTakeOfPut(ref entry, message), ProtocolCode.WrongPiece);
                break;
            default:
                ProtocolException.ThrowIf(
                    entry.Phase != RequestPhase.Filling || entry.Offset != 0, ProtocolCode.OutOfTurn);
                entry.Phase = RequestPhase.Committing;
                break;
        }

        if (!entry.Cancelled)
            actions.Deliver(message, place);
    }

    private static void TakeManifest(in PeerMessage message, ref RequestEntry entry)
    {
        ProtocolException.ThrowIf(
            entry.Phase != RequestPhase.Begun || message.File != entry.File, ProtocolCode.OutOfTurn);
        ProtocolException.ThrowIf(!PieceRules.TryTake(ref entry, message), ProtocolCode.WrongPiece);
        if (message.IsLastPiece)
            entry.Phase = RequestPhase.Judged;
    }

    private int FindOrEnded(uint request)
    {
        ProtocolException.ThrowIf(IsNew(request), ProtocolCode.UnknownRequest);
        return _table.Find(request);
    }

    // Ids grow, and wrap: half of all ids are newer than any one.
    private bool IsNew(uint request) => unchecked((int)(request - _newest)) > 0;
}
