using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Makes what a login has to sign, and knows its own work again without keeping any: chance (16 bytes), when it ends
/// (i64, Unix ms, little-endian), and 16 bytes of HMAC-SHA-256 under a key of this process. Safe for many threads.
/// </summary>
public sealed class LoginChallenges(TimeProvider time)
{
    /// <summary>Bytes of a challenge.</summary>
    public const int Size = SignedSize + TagSize;

    /// <summary>How long a challenge holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private const int ChanceSize = 16;
    private const int SignedSize = ChanceSize + sizeof(long);
    private const int TagSize = 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>A new challenge.</summary>
    public byte[] Issue()
    {
        var challenge = new byte[Size];
        RandomNumberGenerator.Fill(challenge.AsSpan(0, ChanceSize));
        var ends = (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds();
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

    private void Tag(ReadOnlySpan<byte> text, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, text, hash);
        hash[..TagSize].CopyTo(tag);
    }
}
