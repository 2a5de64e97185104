using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Locks;

namespace SpotifyCore.Protocol.Tests;

/// <summary>No lock is missing.</summary>
public sealed class LockTests
{
    [Fact]
    public void Fields_Guarded_AreUsedUnderTheLock() => LockAssert.Holds(typeof(TicketVerifier).Assembly, new LockRules
    {
        NotThreadSafe = ["PlaceTable", "SubnetCounts", "ECDsa", "PeerSession", "SessionActions", "OperationTable"],
        Free = new Dictionary<string, string>
        {
            ["ClientLink.End"] = "called with the lock",
            ["ClientLink.EndAll"] = "called with the lock",
            ["ClientLink.WakePut"] = "called with the lock",
            ["ClientLink.get_Ticket"] = "read by the connection, which is used with the lock",
            ["ClientLink.SpotifyCore.Protocol.Connections.IFrameHandler.Receive"] = "called by the connection, as above",
            ["EpollLoop._later"] = "the loop's own thread's",
            ["EpollLoop._thread"] = "set before anything is watched; others only compare it with themselves",
            ["ReconnectingPeer.DisposeAsync"] = "nobody connects any more",
            ["TicketVerifier.set_UnknownKey"] = "set once, before it is used",
        },
        Needed = new Dictionary<string, string>
        {
            ["ClientLink..ctor"] = "the connection and the timer belong to whoever has the lock",
            ["ClientLink.Distrust"] = "as above",
            ["ClientLink.Extend"] = "as above",
            ["ClientLink.TryRelease"] = "as above",
            ["MemoryPipe.OrCancelledAsync"] = "a waiter is completed once",
        },
    });
}
