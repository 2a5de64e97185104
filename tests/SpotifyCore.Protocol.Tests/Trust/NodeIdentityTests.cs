using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Trust;

public sealed class NodeIdentityTests
{
    [Fact]
    public void LoadOrCreate_SecondTime_IsTheSame()
    {
        using var directory = new TempDirectory();
        using var first = NodeIdentity.LoadOrCreate(directory["keys/node.pem"]);
        using var second = NodeIdentity.LoadOrCreate(directory["keys/node.pem"]);

        Assert.Equal(first.Id, second.Id);
        Assert.True(second.Certificate.HasPrivateKey);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["keys/node.pem"]));
    }

    [Fact]
    public async Task LoadOrCreate_ManyAtOnce_AllGetOne()
    {
        using var directory = new TempDirectory();
        var path = directory["node.pem"];

        var all = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => NodeIdentity.LoadOrCreate(path))));

        Assert.Single(all.Select(identity => identity.Id).Distinct());
        Assert.Single(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public void Create_Twice_GivesOtherIds()
    {
        using var one = NodeIdentity.Create();
        using var other = NodeIdentity.Create();

        Assert.NotEqual(one.Id, other.Id);
        Assert.Equal(one.Id, PinnedKey.IdOf(one.Certificate));
    }
}
