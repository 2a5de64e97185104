using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Makes what a login has to sign, and knows its own work again without keeping any that is not used: chance (16 bytes),
/// when it ends (i64, Unix ms, little-endian), and 16 bytes of HMAC-SHA-256 under a key of this process. A used one is
/// remembered until it ends. Safe for many threads.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="lifetime">How long a challenge holds; <see cref="Lifetime"/> unless set.</param>
internal sealed class LoginChallenges(TimeProvider time, TimeSpan? lifetime = null)
{
    /// <summary>Bytes of a challenge.</summary>
    public const int Size = SignedSize + TagSize;

    /// <summary>How long a challenge of a login holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Most used challenges remembered; more end those that are out, and their askers ask again.</summary>
    public const int MaxUsed = 100_000;

    private const int ChanceSize = 16;
    private const int SignedSize = ChanceSize + sizeof(long);
    private const int TagSize = 16;

    private readonly Lock _gate = new();
    private readonly HashSet<UInt128> _used = [];
    private readonly Queue<(long Ends, UInt128 Chance)> _byEnd = new();
    private byte[] _key = NewKey();

    /// <summary>A new challenge.</summary>
    public byte[] Issue()
    {
        var challenge = new byte[Size];
        RandomNumberGenerator.Fill(challenge.AsSpan(0, ChanceSize));
        var ends = (time.GetUtcNow() + (lifetime ?? Lifetime)).ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt64LittleEndian(challenge.AsSpan(ChanceSize), ends);
        Tag(challenge.AsSpan(0, SignedSize), challenge.AsSpan(SignedSize));
        return challenge;
    }

    /// <summary>True for a challenge of this process that has not ended.</summary>
    public bool IsFresh(ReadOnlySpan<byte> challenge)
    {
        if (challenge.Length != Size)
            return false;

        Span<byte> tag = stackalloc byte[TagSize];
        Tag(challenge[..SignedSize], tag);
        var until = BinaryPrimitives.ReadInt64LittleEndian(challenge[ChanceSize..]);
        return CryptographicOperations.FixedTimeEquals(tag, challenge[SignedSize..])
            && until > time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>Uses a fresh challenge up; false when it was used before.</summary>
    public bool TryUse(ReadOnlySpan<byte> challenge)
    {
        var chance = BinaryPrimitives.ReadUInt128LittleEndian(challenge);
        var ends = BinaryPrimitives.ReadInt64LittleEndian(challenge[ChanceSize..]);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            while (_byEnd.TryPeek(out var oldest) && oldest.Ends <= now)
                _used.Remove(_byEnd.Dequeue().Chance);

            if (!_used.Add(chance))
                return false;

            _byEnd.Enqueue((ends, chance));
            if (_used.Count < MaxUsed)
                return true;

            _used.Clear();
            _byEnd.Clear();
            _key = NewKey();
            return true;
        }
    }

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    private void Tag(ReadOnlySpan<byte> text, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Volatile.Read(ref _key), text, hash);
        hash[..TagSize].CopyTo(tag);
    }
}
