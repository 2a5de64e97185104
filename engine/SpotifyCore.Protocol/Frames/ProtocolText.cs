using System.Text;

namespace SpotifyCore.Protocol.Frames;

/// <summary>A sentence for each code: what error, refusal and go-away frames say to a person.</summary>
public static class ProtocolText
{
    /// <summary>Longest text accepted in a frame, in bytes of UTF-8.</summary>
    public const int MaxLength = 256;

    private static readonly byte[][] Encoded =
        [.. Enumerable.Range(
            0, (int)ProtocolCode.NoSpace + 2).Select(code => Encoding.UTF8.GetBytes(Of((ProtocolCode)code)))];

    /// <summary>What <paramref name="code"/> means, in UTF-8. Allocates nothing.</summary>
    public static ReadOnlySpan<byte> Utf8(ProtocolCode code) => Encoded[Math.Min((int)code, Encoded.Length - 1)];

    /// <summary>What <paramref name="code"/> means.</summary>
    public static string Of(ProtocolCode code) => code switch
    {
        ProtocolCode.None => "Nothing is wrong.",
        ProtocolCode.BadMagic => "Not the SpotifyCore chunk protocol.",
        ProtocolCode.VersionMismatch => "No common protocol version.",
        ProtocolCode.TicketMissing => "A ticket is needed.",
        ProtocolCode.TicketInvalid => "The ticket is not valid.",
        ProtocolCode.TicketExpired => "The ticket has expired.",
        ProtocolCode.TicketNotYours => "The ticket is bound to a key that this channel did not prove.",
        ProtocolCode.NotAllowed => "Not allowed by the ticket's scope or the channel's key.",
        ProtocolCode.NotSupported => "Not offered here.",
        ProtocolCode.TooBusy => "Over a limit; try elsewhere or later.",
        ProtocolCode.FrameTooLong => "The frame is too long.",
        ProtocolCode.UnknownKind => "The frame's kind is unknown.",
        ProtocolCode.Malformed => "The payload does not have the layout of its kind.",
        ProtocolCode.OutOfTurn => "The message came out of turn.",
        ProtocolCode.TooManyRequests => "Too many requests in flight.",
        ProtocolCode.DuplicateRequest => "The request id is in use.",
        ProtocolCode.UnknownRequest => "No such request is in flight.",
        ProtocolCode.WrongPiece => "Not the piece that comes next.",
        ProtocolCode.BadRange => "The range is empty, too long or out of bounds.",
        ProtocolCode.HelloTimeout => "The hello took too long.",
        ProtocolCode.IdleTimeout => "Nothing was heard for too long.",
        ProtocolCode.Cancelled => "Cancelled.",
        ProtocolCode.BadContent => "The bytes do not match their hash.",
        ProtocolCode.Incomplete => "Chunks are missing.",
        ProtocolCode.GoingAway => "Going away.",
        ProtocolCode.Internal => "Internal error.",
        ProtocolCode.NotNeeded => "Not needed any more.",
        ProtocolCode.ConnectionLost => "The connection was lost.",
        ProtocolCode.Unavailable => "The deadline passed, or a farther tier is out of reach.",
        ProtocolCode.NotOffered => "Not offered over this connection: ask what is held first.",
        ProtocolCode.NoSpace => "No space left on the disk.",
        _ => "Unknown code.",
    };
}
