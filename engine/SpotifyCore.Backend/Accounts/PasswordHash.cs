using System.Security.Cryptography;
using System.Text;

namespace SpotifyCore.Backend.Accounts;

/// <summary>PBKDF2 with HMAC-SHA-512 over a password's UTF-8, a salt of its own for each account.</summary>
internal static class PasswordHash
{
    public const int Iterations = 120_000;
    public const int SaltSize = 16;
    public const int HashSize = 64;

    /// <summary>Longest password, in characters: hashing must not become a way to keep the service busy.</summary>
    public const int MaxLength = 256;

    /// <summary>Shortest password of a new account.</summary>
    public const int MinLength = 8;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);

    public static byte[] Compute(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, HashSize);

    public static bool Matches(string password, byte[] salt, int iterations, byte[] hash) =>
        CryptographicOperations.FixedTimeEquals(Compute(password, salt, iterations), hash);
}
