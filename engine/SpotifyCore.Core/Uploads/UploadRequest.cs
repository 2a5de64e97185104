using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Uploads;

/// <summary>A range of chunks that a peer asked for, as far as it is not sent yet.</summary>
/// <param name="Taker">Who asked.</param>
/// <param name="Request">Under which number.</param>
/// <param name="Left">The chunks not sent yet, the one on its way included; none once it was cut short.</param>
/// <param name="Priority">What waits for them.</param>
/// <param name="Sequence">Its place in the order of arrival.</param>
internal readonly record struct UploadRequest(
    UploadTaker Taker, uint Request, ChunkRange Left, RequestPriority Priority, long Sequence)
{
    /// <summary>When its next chunk, which is on its way, set out.</summary>
    public Instant Began { get; init; }

    /// <summary>True when that chunk counts against the cap.</summary>
    public bool IsPaced { get; init; }

    /// <summary>True once that chunk has had its time and goes on without a slot.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>Chunks that set out after that one and have left before it.</summary>
    public int Overtaken { get; init; }

    /// <summary>The place of a peer's request in a list; -1 when it is not there.</summary>
    public static int PlaceOf(List<UploadRequest> requests, Link link, uint request)
    {
        for (var i = 0; i < requests.Count; i++)
        {
            if (requests[i].Taker.Link == link && requests[i].Request == request)
                return i;
        }

        return -1;
    }

    /// <summary>
    /// True when it goes before another: by what waits for it, then whose account has less on its way, and was served
    /// longer ago, then whose peer was.
    /// </summary>
    public bool GoesBefore(in UploadRequest other)
    {
        if (Priority != other.Priority)
            return Priority < other.Priority;

        var (account, others) = (Taker.Account, other.Taker.Account);
        if (account.Sending != others.Sending)
            return account.Sending < others.Sending;

        if (account.Turn != others.Turn)
            return account.Turn < others.Turn;

        return Taker.Turn != other.Taker.Turn ? Taker.Turn < other.Taker.Turn : Sequence < other.Sequence;
    }
}
