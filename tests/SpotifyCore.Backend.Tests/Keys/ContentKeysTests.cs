using System.Security.Cryptography;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Keys;

public sealed class ContentKeysTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Derive_KnownSecret_GivesTheVector()
    {
        // Made by another HKDF: HMAC-SHA-256 by hand in Python.
        var key = new ContentKeys(Secret).Derive(SHA256.HashData("abc"u8));

        Assert.Equal("051ae27982c277c5eb40b72e6ce47dee", Convert.ToHexStringLower(key));
    }

    [Fact]
    public void Derive_OtherSecretOrPlaintext_GivesAnotherKey()
    {
        var keys = new ContentKeys(Secret);
        var one = keys.Derive(SHA256.HashData("abc"u8));
        var otherPlaintext = keys.Derive(SHA256.HashData("abd"u8));
        var otherSecret = new ContentKeys(new byte[32]).Derive(SHA256.HashData("abc"u8));

        Assert.NotEqual(Convert.ToHexString(one), Convert.ToHexString(otherPlaintext));
        Assert.NotEqual(Convert.ToHexString(one), Convert.ToHexString(otherSecret));
    }

    [Fact]
    public void LoadOrCreate_Twice_IsTheSameSecretForItsOwnerAlone()
    {
        using var directory = new TempDirectory();
        var first = ContentKeys.LoadOrCreate(directory["secret"]).Derive(new byte[32]);
        var second = ContentKeys.LoadOrCreate(directory["secret"]).Derive(new byte[32]);

        Assert.Equal(Convert.ToHexString(first), Convert.ToHexString(second));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["secret"]));
    }

    [Fact]
    public void LoadOrCreate_ManyAtOnce_AgreeOnOne()
    {
        using var directory = new TempDirectory();
        var keys = new string[8];

        Parallel.For(0, keys.Length, i =>
        {
            var key = ContentKeys.LoadOrCreate(directory["secret"]).Derive(new byte[32]);
            keys[i] = Convert.ToHexString(key);
        });

        Assert.Single(keys.Distinct(StringComparer.Ordinal));
        Assert.Equal([directory["secret"]], Directory.GetFiles(directory.Path));
    }

    [Fact]
    public void LoadOrCreate_ReadableByOthersOrCut_Refuses()
    {
        using var directory = new TempDirectory();
        File.WriteAllBytes(directory["cut"], new byte[31]);
        File.WriteAllBytes(directory["open"], new byte[32]);
        if (OperatingSystem.IsWindows())
            return;

        File.SetUnixFileMode(directory["cut"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(
            directory["open"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Throws<InvalidDataException>(() => ContentKeys.LoadOrCreate(directory["cut"]));
        Assert.Throws<InvalidDataException>(() => ContentKeys.LoadOrCreate(directory["open"]));
    }
}
