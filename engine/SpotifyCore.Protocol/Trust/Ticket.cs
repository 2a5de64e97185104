using System.Buffers.Binary;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Trust;

/// <summary>
/// The access point's word that the holder of a key may fetch or import, until it expires. Useless on a channel that
/// does not prove that key.
/// </summary>
/// <param name="KeyId">Which of the access point's keys signed it.</param>
/// <param name="Pseudonym">Stands for the account; only the access point knows which.</param>
/// <param name="Holder">Hash of the key that the channel must prove.</param>
/// <param name="Scope">What it allows.</param>
/// <param name="Expires">When it ends, to the second.</param>
/// <remarks>
/// Binary form, little-endian: u8 version 1; u8 scope; u16 zero; u32 key id; 16 bytes pseudonym; 16 bytes holder;
/// i64 expiry in unix seconds; 64 bytes ES256 signature (r, s) over all that stands before it.
/// </remarks>
public readonly record struct Ticket(
    uint KeyId, UInt128 Pseudonym, PeerId Holder, TicketScope Scope, DateTimeOffset Expires)
{
    /// <summary>Length of the binary form in bytes.</summary>
    public const int Size = SignedSize + SignatureSize;

    /// <summary>No ticket is valid for longer.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(1);

    internal const int SignedSize = 48;
    internal const int SignatureSize = 64;
    internal const byte Version = 1;

    private const TicketScope AllScopes = TicketScope.Fetch | TicketScope.Import | TicketScope.Peers;

    /// <summary>
    /// Reads the binary form without checking the signature: what a client may do to learn when its own ticket expires.
    /// False when it does not have a ticket's layout.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out Ticket ticket)
    {
        ticket = default;
        if (source.Length != Size || source[0] != Version || (source[1] & ~(byte)AllScopes) != 0
            || BinaryPrimitives.ReadUInt16LittleEndian(source[2..]) != 0)
            return false;

        var expires = BinaryPrimitives.ReadInt64LittleEndian(source[40..]);
        if (expires is < 0 or > 253_402_300_799)
            return false;

        ticket = new Ticket(
            BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
            BinaryPrimitives.ReadUInt128BigEndian(source[8..]),
            PeerId.Read(source[24..]),
            (TicketScope)source[1],
            DateTimeOffset.FromUnixTimeSeconds(expires));
        return true;
    }

    /// <summary>Writes the part that is signed.</summary>
    internal void WriteSigned(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Scope;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], KeyId);
        BinaryPrimitives.WriteUInt128BigEndian(destination[8..], Pseudonym);
        Holder.Write(destination[24..]);
        BinaryPrimitives.WriteInt64LittleEndian(destination[40..], Expires.ToUnixTimeSeconds());
    }
}
