using System.Security.Cryptography;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Trust;

/// <summary>Signs tickets with one of the access point's keys. Safe for many threads.</summary>
/// <param name="key">A P-256 key with its private part; the caller's.</param>
/// <param name="keyId">The id under which its public part is published.</param>
public sealed class TicketSigner(ECDsa key, uint keyId)
{
    private readonly Lock _signing = new();

    /// <summary>The id under which the public part of the key is published.</summary>
    public uint KeyId => keyId;

    /// <summary>Makes a ticket in its binary form.</summary>
    /// <param name="pseudonym">Stands for the account.</param>
    /// <param name="holder">Hash of the client's public key.</param>
    /// <param name="scope">What it allows.</param>
    /// <param name="expires">
    /// When it ends: at most <see cref="Ticket.MaxLifetime"/> from now, or nobody takes it.
    /// </param>
    public byte[] Sign(UInt128 pseudonym, PeerId holder, TicketScope scope, DateTimeOffset expires)
    {
        var bytes = new byte[Ticket.Size];
        new Ticket(keyId, pseudonym, holder, scope, expires).WriteSigned(bytes);
        lock (_signing)
        {
            key.SignData(
                bytes.AsSpan(0, Ticket.SignedSize),
                bytes.AsSpan(Ticket.SignedSize),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        return bytes;
    }

    /// <summary>The public key in DER (SubjectPublicKeyInfo), as the access point publishes it.</summary>
    public byte[] ExportPublicKey()
    {
        lock (_signing)
            return key.ExportSubjectPublicKeyInfo();
    }
}
