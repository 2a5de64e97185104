using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Hashes of passwords, by the platform's identity hasher: PBKDF2 with HMAC-SHA-512, a salt of its own for each account,
/// and within the hash what it was made with. Safe for many threads.
/// </summary>
internal static class PasswordHash
{
    /// <summary>Rounds, as OWASP's Password Storage Cheat Sheet recommends for PBKDF2 with HMAC-SHA-512.</summary>
    public const int Iterations = 210_000;

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

    private static readonly PasswordHasher<string> Hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    /// <summary>What no password has; it takes as long to compare with as any other.</summary>
    public static byte[] OfNobody { get; } = MakeNobodys();

    /// <summary>The hash of a password, with a new salt.</summary>
    public static byte[] Compute(string password) => Convert.FromBase64String(Hasher.HashPassword(User, password));

    /// <summary>Compares; takes the same time for each hash, also for one that was made with fewer rounds.</summary>
    public static PasswordVerificationResult Verify(string password, byte[] hash)
    {
        var result = Hasher.VerifyHashedPassword(User, Convert.ToBase64String(hash), password);
        var lacking = Iterations - (int)BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(RoundsAt));
        if (lacking > 0)
        {
            Rfc2898DeriveBytes.Pbkdf2(
                password, hash.AsSpan(SaltAt, SaltSize), lacking, HashAlgorithmName.SHA512, HashSize);
        }

        return result;
    }

    private static byte[] MakeNobodys()
    {
        var hash = new byte[SaltAt + SaltSize + HashSize];
        hash[0] = Form;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(FunctionAt), HmacSha512);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(RoundsAt), Iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(SaltSizeAt), SaltSize);
        return hash;
    }
}
