using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Trust;

/// <summary>
/// Decides what a far side may do: everything in a trusted rack or for a trusted node's key, else what its ticket says.
/// Safe for many threads.
/// </summary>
/// <param name="tickets">Checks tickets; null in a trusted rack, where everybody may do everything.</param>
/// <param name="trustedNodes">Keys that need no ticket, once a channel proved them.</param>
public sealed class AccessGate(TicketVerifier? tickets, IReadOnlySet<PeerId>? trustedNodes = null)
{
    /// <summary>What a ticket must allow for its holder to be let in at all; nothing unless set.</summary>
    public TicketScope Needed { get; init; }

    /// <summary>Looks at a far side's ticket and proven key.</summary>
    public Access Check(ReadOnlySpan<byte> ticket, PeerId? proven, DateTimeOffset now)
    {
        if (tickets is null || (proven is { } id && trustedNodes is not null && trustedNodes.Contains(id)))
            return Access.Full;

        var verdict = tickets.Check(ticket, proven, now, out var read);
        if (verdict != TicketVerdict.Valid)
            return new Access(CodeOf(verdict), TicketScope.None, default);

        return (read.Scope & Needed) == Needed
            ? new Access(ProtocolCode.None, read.Scope, read.Expires) { Pseudonym = read.Pseudonym }
            : new Access(ProtocolCode.NotAllowed, TicketScope.None, default);
    }

    private static ProtocolCode CodeOf(TicketVerdict verdict) => verdict switch
    {
        TicketVerdict.Missing => ProtocolCode.TicketMissing,
        TicketVerdict.Expired => ProtocolCode.TicketExpired,
        TicketVerdict.OtherHolder => ProtocolCode.TicketNotYours,
        _ => ProtocolCode.TicketInvalid,
    };
}
