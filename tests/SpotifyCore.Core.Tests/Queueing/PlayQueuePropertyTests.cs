using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Tests.Queueing;

/// <summary>Whatever is done to a queue, in any order.</summary>
public sealed class PlayQueuePropertyTests
{
    [Fact]
    public void AnyMoves_EntriesAreThoseAddedAndNotRemoved() => ForAnyMoves((queue, move, living) =>
    {
        Do(queue, move, living);
        return queue.Entries.Select(entry => entry.Id).Order().SequenceEqual(living.Order())
            && queue.Position < queue.Entries.Count
            && queue.Current is null == queue.Position < 0
            && (queue.Current is null || queue.Current == queue.Entries[queue.Position]);
    });

    [Fact]
    public void ChangesAroundTheCurrent_LeaveItCurrent() => ForAnyMoves((queue, move, living) =>
    {
        var current = queue.Current;
        Do(queue, move, living);
        var changesCurrent = move.Kind % 12 is 2 or 3 or 4 or 5 or 6 or 7;
        return changesCurrent || queue.Current == current;
    });

    [Fact]
    public void Next_IsWhatTryAdvanceGoesTo() => ForAnyMoves((queue, move, living) =>
    {
        Do(queue, move, living);
        var next = queue.Next;
        return queue.TryAdvance() == next is not null && queue.Current == next;
    });

    [Fact]
    public void WalkFromTheStart_EachEntryOnce() =>
        Prop.ForAll<byte, ulong>((count, seed) =>
        {
            var queue = PlayQueueTests.Queue(count);
            queue.Shuffle(seed);
            var heard = new HashSet<long>();
            while (queue.TryAdvance())
            {
                if (!heard.Add(queue.Current!.Value.Id))
                    return false;
            }

            return heard.Count == count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void UnshuffleAfterShuffle_IsAsBefore() =>
        Prop.ForAll<byte, ulong>((count, seed) =>
        {
            var queue = PlayQueueTests.Queue(count);
            var before = queue.Entries.ToList();
            queue.Shuffle(seed);
            queue.Shuffle(seed + 1);
            queue.Unshuffle();
            return queue.Entries.SequenceEqual(before);
        }).QuickCheckThrowOnFailure();

    private static void ForAnyMoves(Func<PlayQueue, (byte Kind, byte At), List<long>, bool> holds) =>
        Prop.ForAll<(byte Kind, byte At)[]>(moves =>
        {
            var queue = new PlayQueue();
            var living = new List<long>();
            return Array.TrueForAll(moves, move => holds(queue, move, living));
        }).QuickCheckThrowOnFailure();

    private static void Do(PlayQueue queue, (byte Kind, byte At) move, List<long> living)
    {
        var id = living.Count == 0 ? -1 : living[move.At % living.Count];
        switch (move.Kind % 12)
        {
            case 0 or 1:
                living.Add(queue.Add(PlayQueueTests.Track(move.At)).Id);
                break;
            case 2:
                Assert.Equal(living.Remove(id), queue.Remove(id));
                break;
            case 3:
                queue.TryAdvance();
                break;
            case 4:
                queue.TrySkip();
                break;
            case 5:
                queue.TryGoBack();
                break;
            case 6:
                Assert.Equal(living.Contains(id), queue.TryJump(id));
                break;
            case 7 when move.At % 16 == 0:
                queue.Clear();
                living.Clear();
                break;
            case 8 when living.Count > 0:
                Assert.True(queue.Move(id, (move.At / 3) % living.Count));
                break;
            case 9:
                queue.Shuffle(move.At);
                break;
            case 10:
                queue.Unshuffle();
                break;
            default:
                queue.Repeat = (RepeatMode)(move.At % 3);
                living.Add(queue.AddNext(PlayQueueTests.Track(move.At)).Id);
                break;
        }
    }
}
