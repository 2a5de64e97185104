using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages.Layouts;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>
/// Turns frames into messages and back. A message has one form only: what is read and written again gives the same
/// bytes. Allocates nothing.
/// </summary>
public static class MessageCodec
{
    /// <summary>Header and fields of no message are longer.</summary>
    public const int MaxPrefixLength = FrameHeader.Size + 28;

    /// <summary>Reads a whole frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="payload">The payload that travels beside the message; a view into the frame.</param>
    /// <exception cref="ProtocolException">The frame does not have the layout of its kind.</exception>
    public static PeerMessage Read(in Frame frame, out ReadOnlySpan<byte> payload)
    {
        var kind = frame.Header.Kind;
        var size = FieldsLength(kind);
        ProtocolException.ThrowIf(frame.Payload.Length < size, ProtocolCode.Malformed);
        payload = frame.Payload[size..];
        ProtocolException.ThrowIf(payload.Length > MaxPayloadLength(kind), ProtocolCode.Malformed);
        ProtocolException.ThrowIf(!MayCarry(kind, frame.Header.Request), ProtocolCode.Malformed);
        ProtocolException.ThrowIf(
            kind == PeerMessageKind.SearchHit && !HitAddresses.AreValid(payload, frame.Payload[8]),
            ProtocolCode.Malformed);
        ProtocolException.ThrowIf(
            kind == PeerMessageKind.List && !ListedFiles.AreValid(payload), ProtocolCode.Malformed);
        return ReadFields(kind, frame.Payload[..size], payload.Length)
            .WithLength(payload.Length)
            .WithRequest(frame.Header.Request);
    }

    /// <summary>
    /// Writes header and fields to the front of <paramref name="destination"/>; the payload, of the message's length,
    /// belongs right behind.
    /// </summary>
    /// <returns>Bytes written.</returns>
    public static int WritePrefix(in PeerMessage message, Span<byte> destination)
    {
        var size = FieldsLength(message.Kind);
        new FrameHeader(size + (int)message.Length, message.Kind, message.Request).Write(destination);
        WriteFields(message, destination[FrameHeader.Size..]);
        return FrameHeader.Size + size;
    }

    /// <summary>Writes a whole frame to the front of <paramref name="destination"/>.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(in PeerMessage message, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        var prefix = WritePrefix(message.WithLength(payload.Length), destination);
        payload.CopyTo(destination[prefix..]);
        return prefix + payload.Length;
    }

    /// <summary>Bytes of header and fields of a kind.</summary>
    public static int PrefixLength(PeerMessageKind kind) => FrameHeader.Size + FieldsLength(kind);

    /// <summary>Longest payload that a kind may carry.</summary>
    public static int MaxPayloadLength(PeerMessageKind kind) => kind switch
    {
        PeerMessageKind.Hello or PeerMessageKind.HelloReply or PeerMessageKind.TicketRefresh =>
            PeerMessage.MaxTicketLength,
        PeerMessageKind.HelloRefused or PeerMessageKind.Error or PeerMessageKind.GoAway => ProtocolText.MaxLength,
        PeerMessageKind.Have => PeerMessage.MaxHaveChunks / 8,
        PeerMessageKind.ManifestData or PeerMessageKind.PutBegin => Manifest.ChunkSize,
        PeerMessageKind.ChunkData or PeerMessageKind.PutChunk => Manifest.ChunkSize,
        PeerMessageKind.SearchHit => HitAddresses.MaxLength,
        PeerMessageKind.List => ListedFiles.MaxLength,
        _ => 0,
    };

    private static bool MayCarry(PeerMessageKind kind, uint request) => kind switch
    {
        <= PeerMessageKind.TicketRefresh or PeerMessageKind.GoAway => request == 0,
        PeerMessageKind.Search or PeerMessageKind.SearchHit => request == 0,
        PeerMessageKind.Ping or PeerMessageKind.Pong or PeerMessageKind.Error or PeerMessageKind.Have => true,
        _ => request != 0,
    };

    private static int FieldsLength(PeerMessageKind kind) => kind switch
    {
        PeerMessageKind.Hello => HelloLayout.Size,
        PeerMessageKind.HelloReply => HelloReplyLayout.Size,
        PeerMessageKind.HelloRefused or PeerMessageKind.GoAway or PeerMessageKind.Error => CodeLayout.Size,
        PeerMessageKind.Busy or PeerMessageKind.NotFound => NumberLayout.Size,
        PeerMessageKind.ManifestRequest => ManifestRequestLayout.Size,
        PeerMessageKind.ManifestData => ManifestDataLayout.Size,
        PeerMessageKind.ChunkRequest => ChunkRequestLayout.Size,
        PeerMessageKind.ChunkData => ChunkDataLayout.Size,
        PeerMessageKind.HaveRequest => FileId.Size,
        PeerMessageKind.Have => HaveLayout.Size,
        PeerMessageKind.PutBegin => PutBeginLayout.Size,
        PeerMessageKind.PutReady => 1,
        PeerMessageKind.PutChunk => PutChunkLayout.Size,
        PeerMessageKind.Search => SearchLayout.Size,
        PeerMessageKind.SearchHit => SearchHitLayout.Size,
        PeerMessageKind.ListRequest => ListRequestLayout.Size,
        PeerMessageKind.List => ListLayout.Size,
        _ => 0,
    };

    private static PeerMessage ReadFields(PeerMessageKind kind, ReadOnlySpan<byte> fields, int length) => kind switch
    {
        PeerMessageKind.Hello => HelloLayout.Read(fields),
        PeerMessageKind.HelloReply => HelloReplyLayout.Read(fields),
        PeerMessageKind.HelloRefused or PeerMessageKind.GoAway or PeerMessageKind.Error =>
            CodeLayout.Read(kind, fields),
        PeerMessageKind.TicketRefresh => PeerMessage.TicketRefresh(length),
        PeerMessageKind.Ping => PeerMessage.Ping(0),
        PeerMessageKind.Pong => PeerMessage.Pong(0),
        PeerMessageKind.Cancel => PeerMessage.Cancel(0),
        PeerMessageKind.Busy => NumberLayout.ReadBusy(fields),
        PeerMessageKind.NotFound => NumberLayout.ReadNotFound(fields),
        PeerMessageKind.ManifestRequest => ManifestRequestLayout.Read(fields),
        PeerMessageKind.ManifestData => ManifestDataLayout.Read(fields, length),
        PeerMessageKind.ChunkRequest => ChunkRequestLayout.Read(fields),
        PeerMessageKind.ChunkData => ChunkDataLayout.Read(fields, length),
        PeerMessageKind.HaveRequest => PeerMessage.RequestHave(0, FileId.Read(fields)),
        PeerMessageKind.Have => HaveLayout.Read(fields, length),
        PeerMessageKind.PutBegin => PutBeginLayout.Read(fields, length),
        PeerMessageKind.PutReady => PeerMessage.PutReady(0, WireEnums.Put(fields[0])),
        PeerMessageKind.PutChunk => PutChunkLayout.Read(fields, length),
        PeerMessageKind.PutCommit => PeerMessage.PutCommit(0),
        PeerMessageKind.PutCommitted => PeerMessage.PutCommitted(0),
        PeerMessageKind.Search => SearchLayout.Read(fields),
        PeerMessageKind.SearchHit => SearchHitLayout.Read(fields, length),
        PeerMessageKind.ListRequest => ListRequestLayout.Read(fields),
        PeerMessageKind.List => ListLayout.Read(fields, length),
        _ => throw new ProtocolException(ProtocolCode.UnknownKind),
    };

    private static void WriteFields(in PeerMessage message, Span<byte> fields)
    {
        switch (message.Kind)
        {
            case PeerMessageKind.Hello:
                HelloLayout.Write(message, fields);
                break;
            case PeerMessageKind.HelloReply:
                HelloReplyLayout.Write(message, fields);
                break;
            case PeerMessageKind.HelloRefused or PeerMessageKind.GoAway or PeerMessageKind.Error:
                CodeLayout.Write(message, fields);
                break;
            case PeerMessageKind.Busy:
                NumberLayout.Write(message.Milliseconds, fields);
                break;
            case PeerMessageKind.NotFound:
                NumberLayout.Write(message.Chunk, fields);
                break;
            case PeerMessageKind.ManifestRequest:
                ManifestRequestLayout.Write(message, fields);
                break;
            case PeerMessageKind.ManifestData:
                ManifestDataLayout.Write(message, fields);
                break;
            case PeerMessageKind.ChunkRequest:
                ChunkRequestLayout.Write(message, fields);
                break;
            case PeerMessageKind.ChunkData:
                ChunkDataLayout.Write(message, fields);
                break;
            case PeerMessageKind.HaveRequest:
                message.File.Write(fields);
                break;
            case PeerMessageKind.Have:
                HaveLayout.Write(message, fields);
                break;
            case PeerMessageKind.PutBegin:
                PutBeginLayout.Write(message, fields);
                break;
            case PeerMessageKind.PutReady:
                fields[0] = (byte)message.Put;
                break;
            case PeerMessageKind.PutChunk:
                PutChunkLayout.Write(message, fields);
                break;
            case PeerMessageKind.Search:
                SearchLayout.Write(message, fields);
                break;
            case PeerMessageKind.SearchHit:
                SearchHitLayout.Write(message, fields);
                break;
            case PeerMessageKind.ListRequest:
                ListRequestLayout.Write(message, fields);
                break;
            case PeerMessageKind.List:
                ListLayout.Write(message, fields);
                break;
        }
    }
}
