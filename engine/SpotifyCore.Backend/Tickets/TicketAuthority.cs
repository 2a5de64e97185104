using System.Buffers.Binary;
using System.Security.Cryptography;
using Google.Protobuf;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Contracts;
using SpotifyCore.Protocol.Trust;
using WireTicket = SpotifyCore.Contracts.Ticket;

namespace SpotifyCore.Backend.Tickets;

/// <summary>
/// Issues tickets and publishes the key that proves them. The key's id is the front of the SHA-256 of its public
/// part, so a new key file has a new id by itself. Safe for many threads.
/// </summary>
internal sealed class TicketAuthority : IDisposable
{
    // Its hash's, in the database.
    private const string HashName = "ticket-key";

    private readonly ECDsa _key;
    private readonly TicketSigner _signer;
    private readonly TicketKeys _published = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;

    private TicketAuthority(ECDsa key, TimeProvider time, TimeSpan lifetime)
    {
        _key = key;
        _time = time;
        _lifetime = lifetime;
        var publicKey = key.ExportSubjectPublicKeyInfo();
        var id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(publicKey));
        _signer = new TicketSigner(key, id);
        _published.Keys.Add(new TicketKey { Id = id, PublicKey = ByteString.CopyFrom(publicKey) });
    }

    /// <summary>
    /// Reads the signing key (PKCS#8) from a file that only its owner may read; makes it at the first start.
    /// </summary>
    /// <exception cref="InvalidDataException">Others may read the file.</exception>
    /// <exception cref="CryptographicException">The file is not a P-256 key.</exception>
    public static TicketAuthority LoadOrCreate(string path, TimeProvider time, TimeSpan lifetime)
    {
        var stored = SecretFile.LoadOrCreate(path, CreateKey);
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(stored, out _);
        CryptographicOperations.ZeroMemory(stored);
        if (key.KeySize == 256)
            return new TicketAuthority(key, time, lifetime);

        key.Dispose();
        throw new CryptographicException($"'{path}' is not a P-256 key.");
    }

    /// <summary>
    /// Reads the signing key, or makes it at the first start. Access points that share a database sign with the same one,
    /// which that knows by a hash: nodes know one access point's keys.
    /// </summary>
    /// <exception cref="InvalidDataException">It is missing, or another, or others may read the file.</exception>
    /// <exception cref="CryptographicException">The file is not a P-256 key.</exception>
    public static TicketAuthority Open(string path, ServiceDatabase database, TimeProvider time, TimeSpan lifetime)
    {
        if (!database.IsShared)
            return LoadOrCreate(path, time, lifetime);

        if (!File.Exists(path) && database.FindHash(HashName) is not null)
            throw new InvalidDataException(
                $"The signing key '{path}' is missing: copy that of another access point of this database.");

        var authority = LoadOrCreate(path, time, lifetime);
        var hash = SHA256.HashData(authority._key.ExportSubjectPublicKeyInfo());
        if (database.KeepHash(HashName, hash).AsSpan().SequenceEqual(hash))
            return authority;

        authority.Dispose();
        throw new InvalidDataException(
            $"'{path}' is not the signing key of the other access points of this database: copy theirs.");
    }

    /// <summary>How long a ticket holds.</summary>
    public TimeSpan Lifetime => _lifetime;

    /// <summary>A fresh ticket for the client of a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="scope">What it is good for.</param>
    /// <param name="latest">When it ends at the latest.</param>
    public WireTicket Issue(Session session, TicketScope scope, DateTimeOffset latest)
    {
        // The binary form has whole seconds; what the client is told must not be later.
        var whole = _time.GetUtcNow() + _lifetime;
        var expires = DateTimeOffset.FromUnixTimeSeconds((latest < whole ? latest : whole).ToUnixTimeSeconds());
        var pseudonym = BinaryPrimitives.ReadUInt128BigEndian(session.Pseudonym);
        return new WireTicket
        {
            Ticket_ = ByteString.CopyFrom(
                _signer.Sign(pseudonym, session.Peer, scope, expires)),
            ExpiresUnixMs = expires.ToUnixTimeMilliseconds(),
        };
    }

    /// <summary>The keys that tickets can be checked with.</summary>
    public TicketKeys Publish() => _published.Clone();

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static byte[] CreateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }
}
