using System.Security.Cryptography;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Client.Keeping;

/// <summary>
/// The key under which a client keeps content keys: AES-256-GCM, in a file only its owner can read. Whoever copies
/// the kept tracks without it can't play them.
/// </summary>
internal sealed class DeviceKey : IDisposable
{
    /// <summary>Bytes that wrapping adds.</summary>
    public const int Overhead = NonceSize + TagSize;

    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly AesGcm _cipher;

    private DeviceKey(ReadOnlySpan<byte> key) => _cipher = new AesGcm(key, TagSize);

    /// <summary>Reads the key, or makes one at first.</summary>
    /// <exception cref="IOException">The file holds something else.</exception>
    public static DeviceKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
            DurableFile.TryCreate(path, RandomNumberGenerator.GetBytes(KeySize), forOwnerAlone: true);

        var key = File.ReadAllBytes(path);
        return key.Length == KeySize
            ? new DeviceKey(key)
            : throw new IOException($"{path} is not a device key; remove it to make a new one.");
    }

    /// <summary>Encrypts a secret that belongs with <paramref name="context"/>.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> context)
    {
        var wrapped = new byte[NonceSize + secret.Length + TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        _cipher.Encrypt(
            wrapped.AsSpan(0, NonceSize),
            secret,
            wrapped.AsSpan(NonceSize, secret.Length),
            wrapped.AsSpan(^TagSize..),
            context);
        return wrapped;
    }

    /// <summary>Decrypts what <see cref="Wrap"/> made; false when it was altered or belongs elsewhere.</summary>
    public bool TryUnwrap(ReadOnlySpan<byte> wrapped, Span<byte> secret, ReadOnlySpan<byte> context)
    {
        if (wrapped.Length != NonceSize + secret.Length + TagSize)
            return false;

        try
        {
            _cipher.Decrypt(wrapped[..NonceSize], wrapped[NonceSize..^TagSize], wrapped[^TagSize..], secret, context);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();
}
