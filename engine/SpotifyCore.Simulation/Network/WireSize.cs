using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;

namespace SpotifyCore.Simulation.Network;

/// <summary>
/// Bytes that things take on a wire, with all that lies around them. TCP/IP: 52 bytes a segment of 1,448 (IPv4 with
/// timestamps), and 52 back for every second one. TLS 1.3: 22 bytes a record of at most 16 KiB.
/// </summary>
internal static class WireSize
{
    /// <summary>Payload of a full segment.</summary>
    public const int Segment = 1_448;

    /// <summary>What either side gives to TCP for TLS with keys of both sides.</summary>
    public const int Handshake = 1_200;

    /// <summary>TCP/IP's own for that and for the end of the connection, each side.</summary>
    public const int HandshakeHeaders = 7 * SegmentHeader;

    /// <summary>A ticket in a hello.</summary>
    public const int Ticket = 200;

    private const int SegmentHeader = 52;
    private const int RecordSize = 16 * 1024;
    private const int RecordOverhead = 22;

    /// <summary>Bytes that a message takes on the way there.</summary>
    public static int Of(in PeerMessage message) => OfRecords(Records(message));

    /// <summary>Bytes that so much application data takes on the way there.</summary>
    public static int Of(int data) => OfRecords(Records(data));

    /// <summary>What TCP is given of a message: its frame, in TLS records.</summary>
    public static int Records(in PeerMessage message)
    {
        var frame = message.Kind == PeerMessageKind.None ? 0 : MessageCodec.PrefixLength(message.Kind);
        var payload = message.Kind is PeerMessageKind.Hello or PeerMessageKind.HelloReply
            ? Ticket : (int)message.Length;
        return Records(frame + payload);
    }

    private static int Records(int data) => data + ((data + RecordSize - 1) / RecordSize * RecordOverhead);

    private static int OfRecords(int records) => records + (SegmentsOf(records) * SegmentHeader);

    /// <summary>What TCP was given, of so many bytes on the way there.</summary>
    public static int RecordsIn(int wire) => (int)(wire * (long)Segment / (Segment + SegmentHeader));

    /// <summary>Bytes of acknowledgements that go the other way for so many bytes on the wire.</summary>
    public static int AcknowledgementsOf(int wire) =>
        (SegmentsOf(RecordsIn(wire)) + 1) / 2 * SegmentHeader;

    private static int SegmentsOf(long bytes) => (int)Math.Max(1, (bytes + Segment - 1) / Segment);
}
