using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Sessions;

/// <summary>What may answer a request, and what ends the connection.</summary>
public sealed class PeerSessionFetchingTests
{
    private const int Whole = 16 * 1024;
    private static readonly FileId File = new(5);

    [Fact]
    public void Receive_PiecesInOrder_AreDeliveredWithFileAndEnd()
    {
        var probe = Asked(first: 3, count: 2);

        AssertDelivered(probe.Receive(Piece(3, 0, Whole, 4096)), ends: false);
        AssertDelivered(probe.Receive(Piece(3, 4096, Whole, Whole - 4096)), ends: false);
        AssertDelivered(probe.Receive(Piece(4, 0, 100, 100)), ends: true);
        Assert.Equal(0, probe.Session.Outstanding);
    }

    public static TheoryData<string, PeerMessage[], ProtocolCode> Broken() => new()
    {
        { "no such request", [PeerMessage.ChunkData(2, 3, Tier.Peers, Whole)], ProtocolCode.UnknownRequest },
        { "another chunk first", [Piece(4, 0, Whole, Whole)], ProtocolCode.WrongPiece },
        { "a chunk before the range", [Piece(2, 0, Whole, Whole)], ProtocolCode.WrongPiece },
        { "not from its start", [Piece(3, 100, Whole, 100)], ProtocolCode.WrongPiece },
        { "a hole", [Piece(3, 0, Whole, 100), Piece(3, 200, Whole, 100)], ProtocolCode.WrongPiece },
        { "the same piece twice", [Piece(3, 0, Whole, 100), Piece(3, 0, Whole, 100)], ProtocolCode.WrongPiece },
        { "another length midway", [Piece(3, 0, Whole, 100), Piece(3, 100, Whole - 1, 100)], ProtocolCode.WrongPiece },
        { "the next chunk midway", [Piece(3, 0, Whole, 100), Piece(4, 0, Whole, Whole)], ProtocolCode.WrongPiece },
        { "a chunk after a short one", [Piece(3, 0, 100, 100), Piece(4, 0, 100, 100)], ProtocolCode.WrongPiece },
        { "another chunk is missing", [PeerMessage.NotFound(1, 4)], ProtocolCode.WrongPiece },
        { "missing midway", [Piece(3, 0, Whole, 100), PeerMessage.NotFound(1, 3)], ProtocolCode.WrongPiece },
        { "a manifest", [PeerMessage.ManifestData(1, 0, 10, 10)], ProtocolCode.UnknownRequest },
        { "a have", [PeerMessage.Have(1, File, HaveKind.Whole)], ProtocolCode.UnknownRequest },
        { "a put's answer", [PeerMessage.PutReady(1, PutState.SendChunks)], ProtocolCode.UnknownRequest },
        { "after its end", [PeerMessage.NotFound(1, 3), Piece(3, 0, Whole, Whole)], ProtocolCode.UnknownRequest },
        { "two ends", [PeerMessage.Busy(1, 5), PeerMessage.Busy(1, 5)], ProtocolCode.UnknownRequest },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Receive_AnswerOutOfPlace_IsRefused(string what, PeerMessage[] answers, ProtocolCode expected)
    {
        var probe = Asked(first: 3, count: 2);
        foreach (var answer in answers[..^1])
            probe.Receive(answer);

        Assert.True(expected == probe.Breaks(answers[^1]), what);
    }

    [Fact]
    public void Receive_MissingAfterSomeChunks_EndsTheRequest()
    {
        var probe = Asked(first: 3, count: 5);
        probe.Receive(Piece(3, 0, 500, 500));

        AssertDelivered(probe.Receive(PeerMessage.NotFound(1, 4)), ends: true);
    }

    [Theory]
    [InlineData(ProtocolCode.NotAllowed)]
    [InlineData(ProtocolCode.Unavailable)]
    public void Receive_ErrorOfTheRequest_EndsItAlone(ProtocolCode code)
    {
        var probe = Asked(first: 3, count: 2);

        AssertDelivered(probe.Receive(PeerMessage.Error(1, code)), ends: true);
        Assert.Equal(PeerSessionState.Open, probe.Session.State);
    }

    [Fact]
    public void Send_Cancel_SwallowsWhatStillComes()
    {
        var probe = Asked(first: 3, count: 2);
        probe.Receive(Piece(3, 0, Whole, Whole));

        Assert.Equal(PeerMessage.Cancel(1), Assert.Single(probe.Send(PeerMessage.Cancel(1))!).Message);
        Assert.Null(probe.Send(PeerMessage.Cancel(1)));
        Assert.Empty(probe.Receive(Piece(4, 0, Whole, 4096)));
        Assert.Equal(1, probe.Session.Outstanding);
        Assert.Empty(probe.Receive(PeerMessage.Error(1, ProtocolCode.Cancelled)));
        Assert.Equal(0, probe.Session.Outstanding);
    }

    [Fact]
    public void Send_BeyondTheFarSidesLimit_IsNotTaken()
    {
        var probe = SessionProbe.Open(initiator: true, remoteLimit: 2);

        Assert.NotNull(probe.Send(PeerMessage.RequestHave(1, File)));
        Assert.NotNull(probe.Send(PeerMessage.RequestHave(2, File)));
        Assert.False(probe.Session.CanRequest);
        Assert.Null(probe.Send(PeerMessage.RequestHave(3, File)));
        probe.Receive(PeerMessage.Have(1, File, HaveKind.None));
        Assert.NotNull(probe.Send(PeerMessage.RequestHave(probe.Session.NextRequest(), File)));
    }

    [Fact]
    public void Send_RequestUnderAnId_TakesOnlyNewerOnes()
    {
        var probe = SessionProbe.Open(initiator: true);

        Assert.Null(probe.Send(PeerMessage.RequestHave(0, File)));
        Assert.NotNull(probe.Send(PeerMessage.RequestHave(5, File)));
        Assert.Null(probe.Send(PeerMessage.RequestHave(5, File)));
        Assert.Null(probe.Send(PeerMessage.RequestHave(4, File)));
        Assert.NotNull(probe.Send(PeerMessage.RequestHave(probe.Session.NextRequest(), File)));
    }

    [Fact]
    public void Receive_ManifestPieces_AreDeliveredInOrder()
    {
        var probe = SessionProbe.Open(initiator: true);
        probe.Send(PeerMessage.RequestManifest(1, File, RequestPriority.Playing, false));

        AssertDelivered(probe.Receive(PeerMessage.ManifestData(1, 0, 20_000, 16_384)), ends: false);
        AssertDelivered(probe.Receive(PeerMessage.ManifestData(1, 16_384, 20_000, 3_616)), ends: true);
    }

    [Fact]
    public void Receive_HaveOfAnotherFile_IsRefused()
    {
        var probe = SessionProbe.Open(initiator: true);
        probe.Send(PeerMessage.RequestHave(1, File));

        Assert.Equal(ProtocolCode.WrongPiece, probe.Breaks(PeerMessage.Have(1, new FileId(6), HaveKind.Whole)));
    }

    [Fact]
    public void Receive_UnaskedHave_IsDelivered() => Assert.Equal(
        SessionActionKind.Deliver,
        Assert.Single(SessionProbe.Open().Receive(PeerMessage.Have(0, File, HaveKind.Whole))).Kind);

    [Fact]
    public void SendAndReceive_SteadyState_AllocatesNothing()
    {
        var session = new PeerSession(new PeerSessionOptions(), initiator: true);
        var actions = new SessionActions();
        session.Start(default, actions);
        session.Receive(PeerMessage.HelloReply(1, PeerRole.Node, 0, 64), default, actions);
        session.TicketChecked(ProtocolCode.None, default, default, actions);
        AllocationAssert.None(() =>
        {
            actions.Clear();
            var id = session.NextRequest();
            session.Send(PeerMessage.RequestChunks(id, File, 0, 1, RequestPriority.Playing, 9), actions);
            session.Receive(PeerMessage.ChunkData(id, 0, Tier.Peers, Whole), default, actions);
        });
    }

    private static SessionProbe Asked(uint first, uint count)
    {
        var probe = SessionProbe.Open(initiator: true);
        var action = Assert.Single(
            probe.Send(PeerMessage.RequestChunks(1, File, first, count, RequestPriority.Playing, 0))!);
        Assert.Equal((SessionActionKind.Send, 0), (action.Kind, action.Place));
        return probe;
    }

    private static PeerMessage Piece(uint chunk, uint offset, uint total, int length) =>
        PeerMessage.ChunkPiece(1, chunk, Tier.Peers, offset, total, length);

    private static void AssertDelivered(SessionAction[] actions, bool ends)
    {
        var action = Assert.Single(actions);
        Assert.Equal(
            (SessionActionKind.Deliver, 0, ends, File), (action.Kind, action.Place, action.Ends, action.Message.File));
    }
}
