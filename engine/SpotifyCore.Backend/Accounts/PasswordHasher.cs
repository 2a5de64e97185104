using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Hashes passwords, by the platform's identity hasher: PBKDF2 with HMAC-SHA-512, a salt of its own for each account,
/// and within the hash what it was made with. Safe for many threads.
/// </summary>
/// <param name="rounds">
/// What a hash costs. A host has no setting of it: who composes one anew may want more, and tests want fewer.
/// </param>
public sealed class PasswordHasher(int rounds = PasswordHasher.DefaultRounds)
{
    /// <summary>Rounds, as OWASP's Password Storage Cheat Sheet recommends for PBKDF2 with HMAC-SHA-512.</summary>
    public const int DefaultRounds = 210_000;

    /// <summary>Longest password, in characters: hashing must not become a way to keep the service busy.</summary>
    public const int MaxLength = 256;

    /// <summary>Shortest password of a new account, in characters.</summary>
    public const int MinLength = 8;

    // The form of a hash: u8 1; u32 function, rounds and bytes of salt, big-endian; salt; hash.
    private const byte Form = 1;
    private const uint HmacSha512 = 2;
    private const int FunctionAt = 1;
    private const int RoundsAt = FunctionAt + sizeof(uint);
    private const int SaltSizeAt = RoundsAt + sizeof(uint);
    private const int SaltAt = SaltSizeAt + sizeof(uint);
    private const int SaltSize = 16;
    private const int HashSize = 32;

    // It looks at no user.
    private const string User = "";

    private readonly PasswordHasher<string> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));

    /// <summary>What no password has; it takes as long to compare with as any other.</summary>
    internal byte[] OfNobody { get; } = MakeNobodys(rounds);

    /// <summary>The hash of a password, with a new salt.</summary>
    internal byte[] Compute(string password) => Convert.FromBase64String(_hasher.HashPassword(User, password));

    /// <summary>Compares; takes the same time for each hash, also for one that was made with fewer rounds.</summary>
    internal PasswordVerificationResult Verify(string password, byte[] hash)
    {
        var result = _hasher.VerifyHashedPassword(User, Convert.ToBase64String(hash), password);
        var lacking = rounds - (int)BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(RoundsAt));
        if (lacking > 0)
        {
            Rfc2898DeriveBytes.Pbkdf2(
                password, hash.AsSpan(SaltAt, SaltSize), lacking, HashAlgorithmName.SHA512, HashSize);
        }

        return result;
    }

    /// <summary>Whether a hash is what no password has, however dear it was made.</summary>
    internal static bool IsOfNobody(byte[] hash) =>
        hash.Length == SaltAt + SaltSize + HashSize && !hash.AsSpan(SaltAt).ContainsAnyExcept((byte)0);

    private static byte[] MakeNobodys(int rounds)
    {
        var hash = new byte[SaltAt + SaltSize + HashSize];
        hash[0] = Form;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(FunctionAt), HmacSha512);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(RoundsAt), (uint)rounds);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(SaltSizeAt), SaltSize);
        return hash;
    }
}
