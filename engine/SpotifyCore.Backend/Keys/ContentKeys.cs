using System.Security.Cryptography;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Sealing;

namespace SpotifyCore.Backend.Keys;

/// <summary>
/// Derives the content key of a file: HKDF-SHA-256 (RFC 5869) over the service secret, without a salt, with
/// <c>"spotifycore content key 1"</c>, a zero byte and the SHA-256 of the plaintext as info. The same plaintext
/// always has the same key, and a key is kept nowhere. Safe for many threads.
/// </summary>
internal sealed class ContentKeys
{
    /// <summary>Bytes of the service secret.</summary>
    public const int SecretSize = 32;

    // Its hash's, in the database.
    private const string HashName = "secret";

    private readonly byte[] _secret;

    /// <summary>Takes a copy of the service secret.</summary>
    public ContentKeys(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, SecretSize);
        _secret = secret.ToArray();
    }

    private static ReadOnlySpan<byte> HashLabel => "spotifycore service secret 1\0"u8;

    private static ReadOnlySpan<byte> Label => "spotifycore content key 1\0"u8;

    /// <summary>
    /// Reads the service secret from a file that only its owner may read; makes it at the first start.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not a secret, or others may read it.</exception>
    public static ContentKeys LoadOrCreate(string path)
    {
        var secret = SecretFile.LoadOrCreate(path, static () => RandomNumberGenerator.GetBytes(SecretSize));
        return secret.Length == SecretSize
            ? new ContentKeys(secret)
            : throw new InvalidDataException(
                $"'{path}' is no service secret: it has {secret.Length} bytes, not {SecretSize}.");
    }

    /// <summary>
    /// Reads the service secret that belongs to a database; makes it at the first start, and has the database know it
    /// by a hash from then on.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// It is missing, or another, or others may read it: what was imported could not be played.
    /// </exception>
    public static ContentKeys Open(string path, ServiceDatabase database)
    {
        var known = database.FindHash(HashName);
        if (!File.Exists(path) && (known is not null || database.HasFiles()))
            throw new InvalidDataException(
                $"The service secret '{path}' is missing, and nothing in the catalogue can be played without it: "
                + "restore it from a backup.");

        var keys = LoadOrCreate(path);
        var hash = SHA256.HashData([.. HashLabel, .. keys._secret]);
        known ??= database.KeepHash(HashName, hash);
        if (!known.AsSpan().SequenceEqual(hash))
            throw new InvalidDataException(
                $"'{path}' is not the service secret that this catalogue was made with: "
                + "restore that one from a backup.");

        return keys;
    }

    /// <summary>The key of the file whose whole plaintext has this SHA-256.</summary>
    public ContentKey Derive(ReadOnlySpan<byte> plaintextHash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(plaintextHash.Length, SHA256.HashSizeInBytes);
        Span<byte> info = stackalloc byte[Label.Length + SHA256.HashSizeInBytes];
        Label.CopyTo(info);
        plaintextHash.CopyTo(info[Label.Length..]);
        Span<byte> key = stackalloc byte[ContentKey.Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, key, salt: [], info);
        return ContentKey.Read(key);
    }
}
