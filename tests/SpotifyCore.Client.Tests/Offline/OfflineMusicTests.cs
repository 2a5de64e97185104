using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Offline;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Offline;

/// <summary>Keeping music offline, by a whole client.</summary>
public sealed class OfflineMusicTests(TestNetwork network) : IClassFixture<TestNetwork>, IAsyncLifetime
{
    public Task InitializeAsync()
    {
        network.GivePlan(TestNetwork.Listener, Plan.Premium);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task AddAlbum_OfPremium_PlaysWithoutAnyServerAfterARestart()
    {
        var (album, first, second) = await MakeAlbumAsync("Carried along", seed: 300);
        var wav = network.Folder("carried.wav");
        await using (var online = await TestClient.StartAsync(network, "carried"))
        {
            var added = await online.Client.Offline.AddAlbumAsync(album);
            Assert.Equal(("Carried along", 2, OfflineKind.Album), (added.Title, added.Tracks, added.Kind));
            await WhenKeptAsync(online);
            var status = await online.Client.Offline.GetStatusAsync();
            Assert.Equal((2, 2, false, ""), (status.Tracks, status.Kept, status.IsComing, status.Refusal));
            Assert.Equal(first.Sealed.Length + second.Sealed.Length, status.Bytes);
            Assert.InRange(status.Until!.Value - DateTimeOffset.UtcNow, TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
            await online.Client.Offline.ListDevicesAsync();
        }

        // Of the cache nothing is left: it is the kept files that play.
        Directory.Delete(Path.Combine(network.Folder("carried"), "cache"), recursive: true);
        Assert.False(Directory.Exists(Path.Combine(network.Folder("carried"), "tracks")));
        await WithoutServersAsync(async () =>
        {
            await using var offline = await TestClient.StartAsync(network, "carried", $"wav:{wav}", logIn: false);
            var found = await offline.Client.GetAlbumAsync(album);
            Assert.Equal(2, found.Tracks.Count);
            Assert.True((await offline.HearAsync(first, second)).Ended);
        });
        Assert.Equal([.. first.Heard, .. second.Heard], WavFile.Read(wav));
    }

    [Fact]
    public async Task Add_BelowPremium_IsRefusedAndNothingIsKept()
    {
        var tune = await network.Press.MakeAsync("Not for all", 2, seed: 310);
        network.AddListener("unlimited", TestNetwork.Password);
        network.GivePlan("unlimited", Plan.Unlimited);
        await using var client = await TestClient.StartAsync(network, "below", logIn: false);
        await client.Client.LogInAsync("unlimited", TestNetwork.Password);

        var refused = await Assert.ThrowsAsync<AccessDeniedException>(() => client.Client.Offline.AddTrackAsync(tune.Id));

        Assert.Equal("The Unlimited plan keeps nothing offline: Premium does.", refused.Message);
        Assert.Empty(client.Client.Offline.List());
        Assert.Empty(await client.Client.Offline.ListDevicesAsync());
    }

    [Fact]
    public async Task Add_WhatHasNoRoom_IsRefusedBeforeAnythingIsFetched()
    {
        var tune = await network.Press.MakeAsync("Too much", 30, seed: 311);
        var options = TestClient.Options(network, "no room", "null-fast");
        options.OfflineBytes = 200_000;
        network.AddListener("narrow", TestNetwork.Password);
        network.GivePlan("narrow", Plan.Premium);
        await using var client = await TestClient.StartAsync(options, logIn: false);
        await client.Client.LogInAsync("narrow", TestNetwork.Password);

        var refused = await Assert.ThrowsAsync<OfflineException>(() => client.Client.Offline.AddTrackAsync(tune.Id));

        Assert.StartsWith("There is no room for it: it takes about 1 MB", refused.Message, StringComparison.Ordinal);
        Assert.Empty(client.Client.Offline.List());
        Assert.Empty(await client.Client.Offline.ListDevicesAsync());
    }

    [Fact]
    public async Task Add_OnAFourthDevice_SaysWhichThreeThereAre()
    {
        var tune = await network.Press.MakeAsync("Four of a kind", 2, seed: 312);
        network.AddListener("many", TestNetwork.Password);
        network.GivePlan("many", Plan.Premium);
        for (var device = 1; device <= 3; device++)
        {
            await using var client = await StartAsync($"device {device}", "many");
            await client.Client.Offline.AddTrackAsync(tune.Id);
        }

        await using var fourth = await StartAsync("device 4", "many");
        var refused = await Assert.ThrowsAsync<AccessPointException>(() => fourth.Client.Offline.AddTrackAsync(tune.Id));
        Assert.Contains("3 devices at most, and has that on 'device 3', 'device 2', 'device 1'", refused.Message, StringComparison.Ordinal);

        var devices = await fourth.Client.Offline.ListDevicesAsync();
        await fourth.Client.Offline.GiveUpDeviceAsync(devices.Single(static one => one.Name == "device 2").Client);
        await fourth.Client.Offline.AddTrackAsync(tune.Id);

        // The one that was ended learns of it and has nothing left.
        await using var ended = await StartAsync("device 2", "many");
        var files = Path.Combine(network.Folder("device 2"), "offline", "files");
        await Eventually.TrueAsync(
            () => ended.Client.Offline.List().Count == 0 && !Directory.Exists(files), "it keeps nothing");
    }

    [Fact]
    public async Task Play_OfflineForOverThirtyDaysOrWithTheClockSetBack_IsRefusedUntilTheDeviceWasInTouch()
    {
        var tune = await network.Press.MakeAsync("In touch", 2, seed: 313);
        var time = new ShiftedTime();
        var options = TestClient.Options(network, "in touch", "null-fast");
        await using (var online = await TestClient.StartAsync(options, time: time))
        {
            await online.Client.Offline.AddTrackAsync(tune.Id);
            await WhenKeptAsync(online);
        }

        foreach (var (by, reason) in new[] { (TimeSpan.FromDays(31), "for 30 days"), (TimeSpan.FromDays(-1), "set back") })
        {
            time.By += by;
            TestClient? client = null;
            await WithoutServersAsync(async () =>
            {
                client = await TestClient.StartAsync(
                    TestClient.Options(network, "in touch", "null-fast"), logIn: false, time);
                var refused = await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(tune.Id));
                Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
                Assert.Contains(
                    reason, (await client.Client.Offline.GetStatusAsync()).Refusal, StringComparison.Ordinal);
            });
            await using (client)
            {
                await Eventually.TrueAsync(
                    async () => (await client!.Client.Offline.GetStatusAsync()).Refusal.Length == 0, "it was in touch");
            }

            await WithoutServersAsync(async () =>
            {
                await using var again = await TestClient.StartAsync(
                    TestClient.Options(network, "in touch", "null-fast"), logIn: false, time);
                Assert.True((await again.HearAsync(tune)).Ended);
            });
        }
    }

    [Fact]
    public async Task Play_WithoutItsRight_IsRefusedAndNobodysMusicIsGoneAtTheNextContact()
    {
        var tune = await network.Press.MakeAsync("Nobody's", 2, seed: 340);
        network.AddListener("nobody", TestNetwork.Password);
        network.GivePlan("nobody", Plan.Premium);
        await using (var online = await StartAsync("nobody's", "nobody"))
        {
            await online.Client.Offline.AddTrackAsync(tune.Id);
            await WhenKeptAsync(online);
        }

        Directory.Delete(Path.Combine(network.Folder("nobody's"), "cache"), recursive: true);
        File.Delete(Path.Combine(network.Folder("nobody's"), "offline", "right"));
        TestClient? client = null;
        await WithoutServersAsync(async () =>
        {
            client = await TestClient.StartAsync(network, "nobody's", logIn: false);
            var refused = await Assert.ThrowsAsync<PlaybackException>(() => client.Client.PlayAsync(tune.Id));
            Assert.Contains("Nothing tells until when", refused.Message, StringComparison.Ordinal);
        });
        await using (client)
            await Eventually.TrueAsync(() => client!.Client.Offline.List().Count == 0, "it is gone");
    }

    [Fact]
    public async Task LogIn_OfAnotherWithoutALogout_HasNothingOfTheFormerListener()
    {
        var tune = await network.Press.MakeAsync("The former's", 2, seed: 341);
        network.AddListener("former", TestNetwork.Password);
        network.GivePlan("former", Plan.Premium);
        network.AddListener("latter", TestNetwork.Password);
        network.GivePlan("latter", Plan.Premium);
        await using var client = await StartAsync("former", "former");
        await client.Client.Offline.AddTrackAsync(tune.Id);
        await WhenKeptAsync(client);

        await client.Client.LogInAsync("latter", TestNetwork.Password);

        Assert.Empty(client.Client.Offline.List());
        Assert.False(Directory.Exists(Path.Combine(network.Folder("former"), "offline", "tracks")));
        Assert.Empty(await client.Client.Offline.ListDevicesAsync());
    }

    [Fact]
    public async Task Play_AfterThePlanLapsed_IsRefusedFromTheNextContactOn()
    {
        var tune = await network.Press.MakeAsync("Lapsed", 2, seed: 314);
        network.AddListener("lapsing", TestNetwork.Password);
        network.GivePlan("lapsing", Plan.Premium);
        await using (var online = await StartAsync("lapsing", "lapsing"))
        {
            await online.Client.Offline.AddTrackAsync(tune.Id);
            await WhenKeptAsync(online);
        }

        network.EndPlans("lapsing");
        await using (var contact = await TestClient.StartAsync(network, "lapsing", logIn: false))
        {
            await Eventually.TrueAsync(
                async () => (await contact.Client.Offline.GetStatusAsync()).Refusal.Contains("Free plan", StringComparison.Ordinal),
                "it knows");
        }

        await WithoutServersAsync(async () =>
        {
            await using var offline = await TestClient.StartAsync(network, "lapsing", logIn: false);
            var refused = await Assert.ThrowsAsync<PlaybackException>(() => offline.Client.PlayAsync(tune.Id));
            Assert.Contains("The Free plan keeps nothing offline", refused.Message, StringComparison.Ordinal);
        });

        network.GivePlan("lapsing", Plan.Premium);
        await using var again = await TestClient.StartAsync(network, "lapsing", logIn: false);
        await Eventually.TrueAsync(
            async () => (await again.Client.Offline.GetStatusAsync()).Refusal.Length == 0, "it may again");
        Assert.Equal(1, (await again.Client.Offline.GetStatusAsync()).Kept);
    }

    [Fact]
    public async Task Remove_OfOneOfTwoThatShareATrack_LeavesThatOfTheOther()
    {
        var (album, first, second) = await MakeAlbumAsync("Shared out", seed: 320);
        await using var client = await TestClient.StartAsync(network, "shared out");
        await client.Client.Offline.AddAlbumAsync(album);
        await client.Client.Offline.AddTrackAsync(first.Id);
        await WhenKeptAsync(client);

        Assert.True(await client.Client.Offline.RemoveAsync(OfflineKind.Album, album));
        Assert.False(await client.Client.Offline.RemoveAsync(OfflineKind.Album, album));

        var status = await client.Client.Offline.GetStatusAsync();
        Assert.Equal((1, 1, (long)first.Sealed.Length), (status.Tracks, status.Kept, status.Bytes));
        Assert.Equal(first.Id.ToString(), Assert.Single(client.Client.Offline.List()).Id);
        await client.Client.Offline.RemoveAsync(OfflineKind.Track, first.Id.ToString());
        Assert.Equal(0, (await client.Client.Offline.GetStatusAsync()).Bytes);
        Assert.NotEqual(first.Sealed.Length, second.Sealed.Length + 1);
    }

    [Fact]
    public async Task LogOut_WithMusicKept_DeletesItAndFreesThePlace()
    {
        var tune = await network.Press.MakeAsync("Left behind", 2, seed: 330);
        network.AddListener("leaving", TestNetwork.Password);
        network.GivePlan("leaving", Plan.Premium);
        await using var client = await StartAsync("leaving", "leaving");
        await client.Client.Offline.AddTrackAsync(tune.Id);
        await WhenKeptAsync(client);

        await client.Client.LogOutAsync();

        Assert.Empty(client.Client.Offline.List());
        Assert.False(Directory.Exists(Path.Combine(network.Folder("leaving"), "offline", "files")));
        await client.Client.LogInAsync("leaving", TestNetwork.Password);
        Assert.Empty(await client.Client.Offline.ListDevicesAsync());
    }

    [Fact]
    public async Task Play_OfADamagedFile_SoundsAndTheFileComesAnew()
    {
        var tune = await network.Press.MakeAsync("Scratched", 20, seed: 331);
        await using (var client = await TestClient.StartAsync(network, "scratched"))
        {
            await client.Client.Offline.AddTrackAsync(tune.Id);
            await WhenKeptAsync(client);
        }

        var path = Path.Combine(network.Folder("scratched"), "offline", "files", tune.Manifest.File.ToString());
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[100_000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        var wav = network.Folder("scratched.wav");
        await using (var again = await TestClient.StartAsync(network, "scratched", $"wav:{wav}", logIn: false))
        {
            Assert.True((await again.HearAsync(tune)).Ended);
            await WhenKeptAsync(again);
        }

        Assert.Equal(tune.Heard, WavFile.Read(wav));
        Assert.Equal(tune.Sealed, await File.ReadAllBytesAsync(path));
    }

    private async Task<TestClient> StartAsync(string folder, string account)
    {
        var options = TestClient.Options(network, folder, "null-fast");
        options.DeviceName = folder;
        var client = await TestClient.StartAsync(options, logIn: false);
        await client.Client.LogInAsync(account, TestNetwork.Password);
        return client;
    }

    private async Task<(string Album, Tune First, Tune Second)> MakeAlbumAsync(string title, int seed)
    {
        var first = await network.Press.MakeAsync($"{title} one", 5, seed, title, number: 1);
        var second = await network.Press.MakeAsync($"{title} two", 4, seed + 1, title, number: 2);
        await using var client = await TestClient.StartAsync(network, $"finds {title}");
        TrackInfo found = await client.Client.GetTrackAsync(first.Id);
        return (found.AlbumId, first, second);
    }

    private static Task WhenKeptAsync(TestClient client) => Eventually.TrueAsync(
        async () => await client.Client.Offline.GetStatusAsync() is var status && status.Kept == status.Tracks,
        "all is kept");

    private Task WithoutServersAsync(Func<Task> action) => network.WithoutStorageAsync(async () =>
    {
        await network.StopAccessPointAsync();
        try
        {
            await action();
        }
        finally
        {
            await network.StartAccessPointAsync();
        }
    });
}
