using System.Numerics;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Storage.Cache.Presence;

/// <summary>
/// The places of one file's chunks, in pages of 64. Read without a lock; changed under the object's own.
/// </summary>
internal sealed class FileChunks
{
    private const int PageSize = 64;

    private long[]?[] _pages = [];

    /// <summary>Set once the directory has let go of it; whoever holds it then looks again.</summary>
    public bool Dropped { get; private set; }

    public ChunkPlace Find(uint index)
    {
        var pages = Volatile.Read(ref _pages);
        var page = index / PageSize;
        return page < (uint)pages.Length && pages[page] is { } words
            ? new ChunkPlace(Volatile.Read(ref words[index % PageSize]))
            : default;
    }

    /// <summary>Replaces <paramref name="expected"/>; false when it is no longer there.</summary>
    public bool TryExchange(uint index, ChunkPlace expected, ChunkPlace place) =>
        Volatile.Read(ref _pages)[index / PageSize] is { } words
        && Interlocked.CompareExchange(ref words[index % PageSize], place.Word, expected.Word) == expected.Word;

    /// <summary>Puts a place; false when this object was dropped. Call under its lock.</summary>
    public bool TrySet(uint index, ChunkPlace place, out ChunkPlace previous)
    {
        previous = default;
        if (Dropped)
            return false;

        previous = new ChunkPlace(Interlocked.Exchange(ref PageOf(index)[index % PageSize], place.Word));
        return true;
    }

    /// <summary>Marks it dropped if no chunk is left. Call under its lock.</summary>
    public bool TryDrop()
    {
        foreach (var page in _pages)
        {
            if (page is not null && page.AsSpan().ContainsAnyExcept(0))
                return false;
        }

        Dropped = true;
        return true;
    }

    public int CopyPresence(Span<ulong> present)
    {
        present.Clear();
        var pages = Volatile.Read(ref _pages);
        var count = 0;
        for (var i = 0; i < Math.Min(pages.Length, present.Length); i++)
        {
            present[i] = pages[i] is { } words ? HeldBits(words) : 0;
            count += BitOperations.PopCount(present[i]);
        }

        return count;
    }

    /// <summary>Calls <paramref name="visit"/> for each chunk held.</summary>
    public void Visit<TVisitor>(ref TVisitor visit, FileId file)
        where TVisitor : struct, IPlaceVisitor
    {
        var pages = Volatile.Read(ref _pages);
        for (var page = 0; page < pages.Length; page++)
        {
            if (pages[page] is not { } words)
                continue;

            for (var i = 0; i < PageSize; i++)
            {
                var place = new ChunkPlace(Volatile.Read(ref words[i]));
                if (!place.IsNowhere)
                    visit.Visit(new ChunkId(file, (uint)((page * PageSize) + i)), place);
            }
        }
    }

    private static ulong HeldBits(long[] words)
    {
        var bits = 0UL;
        for (var i = 0; i < PageSize; i++)
        {
            if (Volatile.Read(ref words[i]) != 0)
                bits |= 1UL << i;
        }

        return bits;
    }

    private long[] PageOf(uint index)
    {
        var page = (int)(index / PageSize);
        var pages = _pages;
        if (page >= pages.Length)
        {
            Array.Resize(ref pages, Math.Max(page + 1, pages.Length + (pages.Length / 4)));
            pages[page] = new long[PageSize];
            Volatile.Write(ref _pages, pages);
        }

        return pages[page] ??= new long[PageSize];
    }
}
