using System.Numerics;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Downloads;

/// <summary>A range of chunks asked of one source, until the request has ended. Pooled by its table.</summary>
internal sealed class Outstanding
{
    private ulong _pending;
    private ulong _wanted;
    private ulong _hedged;

    /// <summary>Whom it was asked of.</summary>
    public Link Link { get; private set; } = null!;

    /// <summary>What it is for.</summary>
    public Download Download { get; private set; } = null!;

    /// <summary>Its number on the link.</summary>
    public uint Request { get; private set; }

    /// <summary>The first chunk of the range.</summary>
    public uint First { get; private set; }

    /// <summary>True when no chunk of it is wanted any more.</summary>
    public bool IsUnwanted => _wanted == 0;

    /// <summary>True when all of its chunks have come.</summary>
    public bool IsComplete => _pending == 0;

    /// <summary>True when the chunk is to come.</summary>
    public bool IsPending(uint chunk) => (_pending & BitOf(chunk)) != 0;

    /// <summary>True when the chunk is to come and still wanted from here.</summary>
    public bool IsWanted(uint chunk) => (_wanted & BitOf(chunk)) != 0;

    /// <summary>The first wanted chunk that nobody else was asked for; false when there is none.</summary>
    public bool TryFindUnhedged(out uint chunk)
    {
        var bits = _wanted & ~_hedged;
        chunk = First + (uint)BitOperations.TrailingZeroCount(bits);
        return bits != 0;
    }

    /// <summary>The first wanted chunk at or after <paramref name="from"/>; false when there is none.</summary>
    public bool TryFindWanted(uint from, out uint chunk)
    {
        var skip = from <= First ? 0 : (int)Math.Min(64, from - First);
        var bits = skip >= 64 ? 0 : _wanted >> skip << skip;
        chunk = First + (uint)BitOperations.TrailingZeroCount(bits);
        return bits != 0;
    }

    /// <summary>Another source was asked for the chunk as well.</summary>
    public void NoteHedged(uint chunk) => _hedged |= BitOf(chunk);

    /// <summary>Nobody else is asked for the chunk any more.</summary>
    public void ClearHedged(uint chunk) => _hedged &= ~BitOf(chunk);

    /// <summary>The chunk came from here.</summary>
    public void NoteArrived(uint chunk)
    {
        _pending &= ~BitOf(chunk);
        _wanted &= ~BitOf(chunk);
    }

    /// <summary>The chunk is not wanted from here any more.</summary>
    public void Unwant(uint chunk) => _wanted &= ~BitOf(chunk);

    /// <summary>Bytes that have not come.</summary>
    public int PendingBytes()
    {
        var bytes = 0;
        for (var bits = _pending; bits != 0; bits &= bits - 1)
            bytes += Download.Manifest.LengthOf(First + (uint)BitOperations.TrailingZeroCount(bits));

        return bytes;
    }

    internal void Begin(Link link, Download download, uint request, uint first, int count)
    {
        (Link, Download, Request, First) = (link, download, request, first);
        _pending = count == 64 ? ulong.MaxValue : (1ul << count) - 1;
        _wanted = _pending;
        _hedged = 0;
    }

    internal void Clear() => (Link, Download) = (null!, null!);

    private ulong BitOf(uint chunk) => chunk >= First && chunk - First < 64 ? 1ul << (int)(chunk - First) : 0;
}
