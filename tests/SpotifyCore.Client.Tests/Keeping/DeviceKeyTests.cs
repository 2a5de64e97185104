using SpotifyCore.Client.Keeping;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Keeping;

public sealed class DeviceKeyTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LoadOrCreate_Twice_UnwrapsWhatTheFirstWrapped()
    {
        byte[] wrapped;
        using (var first = DeviceKey.LoadOrCreate(_directory["key"]))
            wrapped = first.Wrap("a secret of 16 b"u8, "context"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory["key"]));
        using var again = DeviceKey.LoadOrCreate(_directory["key"]);
        Span<byte> secret = stackalloc byte[16];
        Assert.True(again.TryUnwrap(wrapped, secret, "context"u8));
        Assert.Equal("a secret of 16 b"u8, secret);
    }

    [Fact]
    public void TryUnwrap_AlteredMovedOrForeign_IsRefused()
    {
        using var key = DeviceKey.LoadOrCreate(_directory["key"]);
        using var other = DeviceKey.LoadOrCreate(_directory["other"]);
        var wrapped = key.Wrap("a secret of 16 b"u8, "context"u8);
        var secret = new byte[16];
        Assert.False(key.TryUnwrap(wrapped, secret, "elsewhere"u8));
        Assert.False(other.TryUnwrap(wrapped, secret, "context"u8));
        Assert.False(key.TryUnwrap(wrapped.AsSpan(1), secret, "context"u8));
        for (var i = 0; i < wrapped.Length; i++)
        {
            wrapped[i] ^= 1;
            Assert.False(key.TryUnwrap(wrapped, secret, "context"u8));
            wrapped[i] ^= 1;
        }
    }

    [Fact]
    public void LoadOrCreate_SomethingElse_SaysWhichFile()
    {
        File.WriteAllText(_directory["key"], "no key");
        Assert.Contains(_directory["key"], Assert.Throws<IOException>(() => DeviceKey.LoadOrCreate(_directory["key"])).Message, StringComparison.Ordinal);
    }
}
