using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>A login lasts over restarts, until it is ended.</summary>
[Collection(PlayingGroup.Name)]
public sealed class SessionTests(TestNetwork network)
{
    [Fact]
    public async Task Start_AfterALogin_IsLoggedInAndOnline()
    {
        var tune = await network.Press.MakeAsync("Once more", 2, seed: 70);
        await using (await TestClient.StartAsync(network, "session"))
            AssertOwnersAlone(Path.Combine(network.Folder("session"), "session"));

        await using var again = await TestClient.StartAsync(network, "session", logIn: false);

        Assert.Equal(TestNetwork.Listener, again.Client.Account);
        Assert.True((await again.HearAsync(tune)).Ended);
        await network.WhenHeldAsync(tune, again);
    }

    [Fact]
    public async Task Start_AfterALogout_IsNotLoggedInAndTheOldSessionIsWorthless()
    {
        var path = Path.Combine(network.Folder("logout"), "session");
        byte[] kept;
        await using (var client = await TestClient.StartAsync(network, "logout"))
        {
            kept = await File.ReadAllBytesAsync(path);
            await client.Client.LogOutAsync();
            Assert.False(File.Exists(path));
        }

        await File.WriteAllBytesAsync(path, kept);
        await using var again = await TestClient.StartAsync(network, "logout", logIn: false);

        await Eventually.TrueAsync(() => again.Client.Account.Length == 0, "the session is known to have ended");
        await Eventually.TrueAsync(() => !File.Exists(path), "it is forgotten");
        await Assert.ThrowsAsync<AccessDeniedException>(() => again.Client.SearchAsync("anything"));
    }

    [Theory]
    [InlineData("altered")]
    [InlineData("other access point")]
    [InlineData("other device")]
    [InlineData("not kept")]
    public async Task Start_SessionThatIsNotItsOwn_IsNotLoggedIn(string how)
    {
        var folder = $"session {how}";
        var options = TestClient.Options(network, folder, "null-fast");
        options.KeepSession = how != "not kept";
        await using (await TestClient.StartAsync(options))
            Assert.Equal(options.KeepSession, File.Exists(Path.Combine(network.Folder(folder), "session")));

        var other = TestClient.Options(network, folder, "null-fast");
        switch (how)
        {
            case "altered":
                var path = Path.Combine(network.Folder(folder), "session");
                await File.WriteAllTextAsync(path, "bob" + (await File.ReadAllTextAsync(path))[4..]);
                break;
            case "other access point":
                other.AccessPoint = network.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
                break;
            case "other device":
                File.Delete(Path.Combine(network.Folder(folder), "device.key"));
                break;
        }

        await using var again = await TestClient.StartAsync(other, logIn: false);

        Assert.Equal("", again.Client.Account);
    }

    [Fact]
    public async Task LogIn_Again_EndsTheSessionBefore()
    {
        var path = Path.Combine(network.Folder("twice"), "session");
        await using (var client = await TestClient.StartAsync(network, "twice"))
        {
            var first = await File.ReadAllBytesAsync(path);
            await client.Client.LogInAsync(TestNetwork.Listener, TestNetwork.Password);
            Assert.NotEqual(first, await File.ReadAllBytesAsync(path));
            await client.Client.SearchAsync("anything");
            await client.DisposeAsync();
            await File.WriteAllBytesAsync(path, first);
        }

        await using var again = await TestClient.StartAsync(network, "twice", logIn: false);

        await Eventually.TrueAsync(() => again.Client.Account.Length == 0, "the first session has ended");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Status_SessionEndedByTheAccessPoint_SaysSoFromTheFirstRefusalOn(bool byPlaying)
    {
        var account = byPlaying ? "carlo-playing" : "carlo";
        network.AddListener(account, TestNetwork.Password);
        await using var client = await TestClient.StartAsync(network, $"ended {byPlaying}", logIn: false);
        await client.Client.LogInAsync(account, TestNetwork.Password);
        network.RemoveAccount(account);

        if (byPlaying)
            Assert.True((await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(new TrackId(5)))).NeedsLogin);
        else
            await Assert.ThrowsAsync<AccessDeniedException>(() => client.Client.SearchAsync("anything"));

        var status = await client.Client.GetStatusAsync();
        Assert.Equal(("", account, false), (status.Account, status.EndedAccount, status.IsOnline));
        await client.Client.LogInAsync(TestNetwork.Listener, TestNetwork.Password);
        status = await client.Client.GetStatusAsync();
        Assert.Equal((TestNetwork.Listener, ""), (status.Account, status.EndedAccount));
    }

    [Fact]
    public async Task LogIn_AfterARefusedPlay_ForgetsIt()
    {
        var tune = await network.Press.MakeAsync("Refused", 2, seed: 72);
        await using var client = await TestClient.StartAsync(network, "refused", logIn: false);
        Assert.True((await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(tune.Id))).NeedsLogin);
        Assert.NotEqual("", (await client.Client.GetStatusAsync()).Problem);
        Assert.Empty((await client.Client.GetStatisticsAsync()).Plays);

        await client.Client.LogInAsync(TestNetwork.Listener, TestNetwork.Password);

        Assert.Equal("", (await client.Client.GetStatusAsync()).Problem);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LogIn_OfAnother_HidesWhatWasPlayedBefore(bool logsOut)
    {
        var tune = await network.Press.MakeAsync($"Private {logsOut}", 2, seed: logsOut ? 73 : 74);
        network.AddListener($"dora-{logsOut}", TestNetwork.Password);
        await using var client = await TestClient.StartAsync(network, $"private {logsOut}");
        await client.HearAsync(tune);
        await client.Client.LogInAsync(TestNetwork.Listener, TestNetwork.Password);
        Assert.Single((await client.Client.GetStatisticsAsync()).Plays);

        if (logsOut)
            await client.Client.LogOutAsync();

        await client.Client.LogInAsync($"dora-{logsOut}", TestNetwork.Password);

        var seen = await client.Client.GetStatisticsAsync();
        Assert.Equal((0, default), (seen.Plays.Count, seen.Played));
    }

    private static void AssertOwnersAlone(string path)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }
}
