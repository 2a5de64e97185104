using System.Security.Cryptography;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Trust;

/// <summary>
/// Checks tickets with the keys that the access point publishes. Safe for many threads; keys can be added while it is
/// used.
/// </summary>
public sealed class TicketVerifier : IDisposable
{
    /// <summary>Most keys kept; an access point publishes a few.</summary>
    public const int MaxKeys = 16;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private readonly Lock _checking = new();
    private readonly Dictionary<uint, ECDsa> _keys = [];

    /// <summary>A verifier that knows no key yet.</summary>
    public TicketVerifier()
    {
    }

    /// <summary>A verifier with keys by id, each a P-256 public key in DER (SubjectPublicKeyInfo).</summary>
    public TicketVerifier(IEnumerable<KeyValuePair<uint, byte[]>> keys)
    {
        foreach (var (id, publicKey) in keys)
            AddKey(id, publicKey);
    }

    /// <summary>
    /// Told when a ticket names a key that is not known, which a new key of the access point may explain; anybody can
    /// cause it. Called under a lock: it must return at once. Set once.
    /// </summary>
    public Action? UnknownKey { private get; set; }

    /// <summary>Takes what the access point publishes now: a key that is not among them is forgotten.</summary>
    /// <exception cref="CryptographicException">One is not a P-256 public key.</exception>
    /// <exception cref="InvalidOperationException">There are too many keys.</exception>
    public void SetKeys(IReadOnlyCollection<KeyValuePair<uint, byte[]>> keys)
    {
        foreach (var (id, publicKey) in keys)
            AddKey(id, publicKey);

        lock (_checking)
        {
            foreach (var id in _keys.Keys.Except(keys.Select(static key => key.Key)).ToList())
            {
                if (_keys.Remove(id, out var replaced))
                    replaced.Dispose();
            }
        }
    }

    /// <summary>Adds or replaces a key.</summary>
    /// <exception cref="CryptographicException">It is not a P-256 public key.</exception>
    /// <exception cref="InvalidOperationException">There are too many keys.</exception>
    public void AddKey(uint id, ReadOnlySpan<byte> publicKey)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        if (key.KeySize != 256)
        {
            key.Dispose();
            throw new CryptographicException("Tickets are signed with P-256 keys.");
        }

        lock (_checking)
        {
            if (_keys.Remove(id, out var old))
                old.Dispose();

            if (_keys.Count == MaxKeys)
                throw new InvalidOperationException($"More than {MaxKeys} ticket keys.");

            _keys[id] = key;
        }
    }

    /// <summary>Looks at a ticket that came over a channel.</summary>
    /// <param name="source">The ticket in its binary form; empty for none.</param>
    /// <param name="proven">The id that the channel proved, if any.</param>
    /// <param name="now">The time of day; clocks may differ by five minutes.</param>
    /// <param name="ticket">What it says, unless it is missing or malformed.</param>
    public TicketVerdict Check(ReadOnlySpan<byte> source, PeerId? proven, DateTimeOffset now, out Ticket ticket)
    {
        ticket = default;
        if (source.IsEmpty)
            return TicketVerdict.Missing;
        if (!Ticket.TryRead(source, out ticket))
            return TicketVerdict.Malformed;

        lock (_checking)
        {
            if (!_keys.TryGetValue(ticket.KeyId, out var key))
            {
                UnknownKey?.Invoke();
                return TicketVerdict.UnknownKey;
            }

            if (!IsSigned(key, source))
                return TicketVerdict.BadSignature;
        }

        if (ticket.Expires <= now || ticket.Expires > now + Ticket.MaxLifetime + ClockSkew)
            return TicketVerdict.Expired;

        return ticket.Holder == proven ? TicketVerdict.Valid : TicketVerdict.OtherHolder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_checking)
        {
            foreach (var key in _keys.Values)
                key.Dispose();

            _keys.Clear();
        }
    }

    private static bool IsSigned(ECDsa key, ReadOnlySpan<byte> source) => key.VerifyData(
        source[..Ticket.SignedSize],
        source[Ticket.SignedSize..],
        HashAlgorithmName.SHA256,
        DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
