using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>The fetching side of a session: what the owner asks, and what the far side may answer.</summary>
internal sealed class OutgoingRequests
{
    private readonly RequestTable _table = new();
    private uint _newest;

    public int Count => _table.Count;

    public uint Next() => _newest + 1 == 0 ? 1 : _newest + 1;

    /// <summary>
    /// Takes in a request of the owner, under the next id or a later one: an owner whose request was refused goes on
    /// counting.
    /// </summary>
    public bool TryBegin(in PeerMessage message, SessionActions actions)
    {
        if (message.Request == 0 || unchecked((int)(message.Request - _newest)) <= 0)
            return false;

        _newest = message.Request;
        actions.Send(message, _table.Add(message));
        return true;
    }

    /// <summary>Takes in what the owner has to add to a put.</summary>
    public bool TryContinue(in PeerMessage message, SessionActions actions)
    {
        var place = _table.Find(message.Request);
        if (place < 0 || _table[place].Kind != PeerMessageKind.PutBegin || _table[place].Cancelled)
            return false;

        actions.Send(message);
        return true;
    }

    /// <summary>Takes in that the owner gives a request up.</summary>
    public bool TryCancel(in PeerMessage message, SessionActions actions)
    {
        var place = _table.Find(message.Request);
        if (place < 0 || _table[place].Cancelled)
            return false;

        _table[place].Cancelled = true;
        actions.Send(message);
        return true;
    }

    /// <summary>Takes in an answer of the far side and delivers it, with the file it belongs to.</summary>
    public void Receive(in PeerMessage answer, SessionActions actions)
    {
        var place = _table.Find(answer.Request);
        ProtocolException.ThrowIf(place < 0, ProtocolCode.UnknownRequest);
        ref var entry = ref _table[place];
        var ends = Judge(ref entry, answer);
        var (cancelled, file) = (entry.Cancelled, entry.File);
        if (ends)
            _table.Remove(place);

        if (!cancelled)
            actions.Deliver(answer with { File = file }, place, ends);
    }

    /// <summary>True when the answer ends the request.</summary>
    private static bool Judge(ref RequestEntry entry, in PeerMessage answer)
    {
        var ends = true;
        switch (answer.Kind)
        {
            case PeerMessageKind.ChunkData:
                Expect(entry, PeerMessageKind.ChunkRequest);
                ProtocolException.ThrowIf(
                    !PieceRules.TryTakeOfRange(ref entry, answer, out ends), ProtocolCode.WrongPiece);
                break;
            case PeerMessageKind.ManifestData:
                Expect(entry, PeerMessageKind.ManifestRequest);
                ProtocolException.ThrowIf(!PieceRules.TryTake(ref entry, answer), ProtocolCode.WrongPiece);
                ends = answer.IsLastPiece;
                break;
            case PeerMessageKind.NotFound:
                ProtocolException.ThrowIf(!IsMissing(entry, answer.Chunk), ProtocolCode.WrongPiece);
                break;
            case PeerMessageKind.Have:
                Expect(entry, PeerMessageKind.HaveRequest);
                ProtocolException.ThrowIf(answer.File != entry.File, ProtocolCode.WrongPiece);
                break;
            case PeerMessageKind.List:
                Expect(entry, PeerMessageKind.ListRequest);
                ProtocolException.ThrowIf(answer.Count > entry.End, ProtocolCode.WrongPiece);
                break;
            case PeerMessageKind.PutReady:
                Expect(entry, PeerMessageKind.PutBegin);
                ProtocolException.ThrowIf(entry.Phase == RequestPhase.Filling, ProtocolCode.OutOfTurn);
                entry.Phase = RequestPhase.Filling;
                ends = answer.Put == PutState.AlreadyHeld;
                break;
            case PeerMessageKind.PutCommitted:
                Expect(entry, PeerMessageKind.PutBegin);
                ProtocolException.ThrowIf(entry.Phase != RequestPhase.Filling, ProtocolCode.OutOfTurn);
                break;
        }

        return ends;
    }

    private static bool IsMissing(in RequestEntry entry, uint chunk) => entry.Offset == 0 && entry.Kind switch
    {
        PeerMessageKind.ChunkRequest => chunk == entry.Next,
        PeerMessageKind.ManifestRequest => chunk == 0,
        _ => false,
    };

    private static void Expect(in RequestEntry entry, PeerMessageKind kind) =>
        ProtocolException.ThrowIf(entry.Kind != kind, ProtocolCode.UnknownRequest);
}
