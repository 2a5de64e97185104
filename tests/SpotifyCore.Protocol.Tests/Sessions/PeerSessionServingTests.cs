using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Sessions;

/// <summary>What may be asked, and what the owner may answer.</summary>
public sealed class PeerSessionServingTests
{
    private const int Whole = 16 * 1024;
    private static readonly FileId File = new(5);

    [Fact]
    public void Receive_Requests_AreDeliveredAtPlacesOfTheirOwn()
    {
        var probe = SessionProbe.Open();
        var places = Enumerable.Range(1, 10).Select(id => Assert.Single(probe.Receive(Ask((uint)id))).Place).ToArray();

        Assert.Equal(Enumerable.Range(0, 10), places);
        Assert.NotNull(probe.Send(PeerMessage.NotFound(4, 0)));
        Assert.Equal(3, Assert.Single(probe.Receive(Ask(11))).Place);
    }

    [Fact]
    public void Receive_MoreThanTheLimit_IsRefused()
    {
        var probe = SessionProbe.Open(options: new PeerSessionOptions { RequestLimit = 3 });
        for (uint id = 1; id <= 3; id++)
            probe.Receive(Ask(id));

        Assert.Equal(ProtocolCode.TooManyRequests, probe.Breaks(Ask(4)));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 4)]
    [InlineData(1, 0x9000_0000)]
    public void Receive_IdThatIsNotNewer_IsRefused(uint first, uint second)
    {
        var probe = SessionProbe.Open();
        probe.Receive(Ask(first));
        probe.Send(PeerMessage.NotFound(first, 0));

        Assert.Equal(ProtocolCode.DuplicateRequest, probe.Breaks(Ask(second)));
    }

    [Fact]
    public void Receive_IdsThatWrap_AreTaken()
    {
        var probe = SessionProbe.Open();
        foreach (var id in new uint[] { 0x7000_0000, 0xE000_0000, 0xFFFF_FFFF, 1, 2 })
            Assert.Equal(SessionActionKind.Deliver, Assert.Single(probe.Receive(Ask(id))).Kind);
    }

    public static TheoryData<TicketScope, PeerMessage, ProtocolCode> NotAllowed() => new()
    {
        { TicketScope.None, Ask(1), ProtocolCode.NotAllowed },
        { TicketScope.Import, Ask(1), ProtocolCode.NotAllowed },
        { TicketScope.None, PeerMessage.RequestManifest(
            1, File, RequestPriority.Playing, false), ProtocolCode.NotAllowed },
        { TicketScope.None, PeerMessage.RequestHave(1, File), ProtocolCode.NotAllowed },
        { TicketScope.Fetch, PeerMessage.PutBegin(1, File, 0, 10, 10), ProtocolCode.NotAllowed },
    };

    [Theory]
    [MemberData(nameof(NotAllowed))]
    public void Receive_BeyondTheScope_IsAnsweredWithAnError(TicketScope scope, PeerMessage request, ProtocolCode code)
    {
        var probe = SessionProbe.Open(scope: scope);

        Assert.Equal(PeerMessage.Error(1, code), Assert.Single(probe.Receive(request)).Message);
        Assert.Equal(0, probe.Session.Serving);
    }

    [Fact]
    public void Receive_WhatIsNotOffered_IsAnsweredWithAnError()
    {
        var probe = SessionProbe.Open(options: new PeerSessionOptions { Serves = false, TakesPuts = false });

        Assert.Equal(PeerMessage.Error(1, ProtocolCode.NotSupported), probe.Receive(Ask(1))[0].Message);
        Assert.Equal(
            PeerMessage.Error(
                2, ProtocolCode.NotSupported), probe.Receive(PeerMessage.PutBegin(2, File, 0, 10, 10))[0].Message);
    }

    [Fact]
    public void Send_Answers_MustFitTheRequest()
    {
        var probe = SessionProbe.Open();
        probe.Receive(PeerMessage.RequestChunks(1, File, 3, 2, RequestPriority.Playing, 0));

        Assert.Null(probe.Send(PeerMessage.ChunkData(2, 3, Tier.Cache, Whole)));
        Assert.Null(probe.Send(PeerMessage.ChunkData(1, 4, Tier.Cache, Whole)));
        Assert.Null(probe.Send(PeerMessage.Have(1, File, HaveKind.Whole)));
        Assert.NotNull(probe.Send(PeerMessage.ChunkData(1, 3, Tier.Cache, Whole)));
        Assert.NotNull(probe.Send(PeerMessage.ChunkData(1, 4, Tier.Cache, 10)));
        Assert.Null(probe.Send(PeerMessage.NotFound(1, 5)));
        Assert.Equal(0, probe.Session.Serving);
    }

    [Fact]
    public void Receive_Cancel_IsDeliveredOnceAndOnlyAnEndIsTaken()
    {
        var probe = SessionProbe.Open();
        probe.Receive(Ask(1));

        Assert.Equal(PeerMessageKind.Cancel, Assert.Single(probe.Receive(PeerMessage.Cancel(1))).Message.Kind);
        Assert.Empty(probe.Receive(PeerMessage.Cancel(1)));
        Assert.Null(probe.Send(PeerMessage.ChunkData(1, 0, Tier.Cache, Whole)));
        Assert.NotNull(probe.Send(PeerMessage.Error(1, ProtocolCode.Cancelled)));
        Assert.Empty(probe.Receive(PeerMessage.Cancel(1)));
        Assert.Equal(ProtocolCode.UnknownRequest, probe.Breaks(PeerMessage.Cancel(2)));
    }

    [Fact]
    public void Put_InOrder_IsDelivered()
    {
        var probe = SessionProbe.Open();

        AssertDelivered(probe, PeerMessage.PutBegin(1, File, 0, 20, 10));
        AssertDelivered(probe, PeerMessage.PutBegin(1, File, 10, 20, 10));
        Assert.NotNull(probe.Send(PeerMessage.PutReady(1, PutState.SendChunks)));
        AssertDelivered(probe, PeerMessage.PutChunk(1, 7, 0, 100, 50));
        AssertDelivered(probe, PeerMessage.PutChunk(1, 7, 50, 100, 50));
        AssertDelivered(probe, PeerMessage.PutChunk(1, 2, 0, Whole, Whole));
        AssertDelivered(probe, PeerMessage.PutCommit(1));
        Assert.NotNull(probe.Send(PeerMessage.PutCommitted(1)));
        Assert.Equal(0, probe.Session.Serving);
    }

    public static TheoryData<string, PeerMessage[], ProtocolCode> BrokenPuts() => new()
    {
        { "never begun", [PeerMessage.PutChunk(9, 0, 0, 10, 10)], ProtocolCode.UnknownRequest },
        { "from the middle", [PeerMessage.PutBegin(9, File, 5, 20, 5)], ProtocolCode.UnknownRequest },
        { "a hole in the manifest", [PeerMessage.PutBegin(1, File, 15, 20, 5)], ProtocolCode.WrongPiece },
        { "another file", [PeerMessage.PutBegin(1, new FileId(6), 10, 20, 5)], ProtocolCode.OutOfTurn },
        { "chunk before the manifest", [PeerMessage.PutChunk(1, 0, 0, 10, 10)], ProtocolCode.OutOfTurn },
        { "commit before the manifest", [PeerMessage.PutCommit(1)], ProtocolCode.OutOfTurn },
        {
            "chunk before the answer",
            [PeerMessage.PutBegin(1, File, 10, 20, 10), PeerMessage.PutChunk(1, 0, 0, 10, 10)],
            ProtocolCode.OutOfTurn
        },
    };

    [Theory]
    [MemberData(nameof(BrokenPuts))]
    public void Put_OutOfOrder_IsRefused(string what, PeerMessage[] messages, ProtocolCode expected)
    {
        var probe = SessionProbe.Open();
        probe.Receive(PeerMessage.PutBegin(1, File, 0, 20, 10));
        foreach (var message in messages[..^1])
            probe.Receive(message);

        Assert.True(expected == probe.Breaks(messages[^1]), what);
    }

    [Fact]
    public void Put_ChunksMixed_IsRefused()
    {
        var probe = Filling();
        probe.Receive(PeerMessage.PutChunk(1, 0, 0, 100, 50));
        Assert.Equal(ProtocolCode.WrongPiece, probe.Breaks(PeerMessage.PutChunk(1, 1, 50, 100, 50)));
        Assert.Equal(ProtocolCode.OutOfTurn, probe.Breaks(PeerMessage.PutCommit(1)));
    }

    [Fact]
    public void Put_EndedByThisSide_DropsWhatIsOnItsWay()
    {
        var probe = Filling();
        Assert.NotNull(probe.Send(PeerMessage.Error(1, ProtocolCode.BadContent)));

        Assert.Empty(probe.Receive(PeerMessage.PutChunk(1, 0, 0, 10, 10)));
        Assert.Empty(probe.Receive(PeerMessage.PutCommit(1)));
    }

    private static SessionProbe Filling()
    {
        var probe = SessionProbe.Open();
        probe.Receive(PeerMessage.PutBegin(1, File, 0, 20, 20));
        probe.Send(PeerMessage.PutReady(1, PutState.SendChunks));
        return probe;
    }

    private static PeerMessage Ask(uint id) => PeerMessage.RequestChunks(id, File, 0, 1, RequestPriority.Playing, 0);

    private static void AssertDelivered(SessionProbe probe, PeerMessage message)
    {
        var action = Assert.Single(probe.Receive(message));
        Assert.Equal((SessionActionKind.Deliver, message), (action.Kind, action.Message));
    }
}
