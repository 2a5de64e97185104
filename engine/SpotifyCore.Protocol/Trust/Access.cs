using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Trust;

/// <summary>What a far side may do, and until when.</summary>
/// <param name="Code">Why it may do nothing, or <see cref="ProtocolCode.None"/>.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="Expires">Until when.</param>
public readonly record struct Access(ProtocolCode Code, TicketScope Scope, DateTimeOffset Expires)
{
    /// <summary>Everything, for ever: a trusted node, or a trusted rack.</summary>
    public static readonly Access Full =
        new(
            ProtocolCode.None,
            TicketScope.Fetch | TicketScope.Import | TicketScope.Node | TicketScope.Peers,
            DateTimeOffset.MaxValue);

    /// <summary>Stands for the far side's account; 0 where no ticket was needed.</summary>
    public UInt128 Pseudonym { get; init; }
}
