using System.Diagnostics;
using System.Text.Json;
using Grpc.Core;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Core.Placement;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Running;
using SpotifyCore.Import.Sources;
using SpotifyCore.Import.Tests.Running;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Import.Tests.EndToEnd;

/// <summary>The whole way into a real access point and real master nodes.</summary>
public sealed class ImportEndToEndTests(ClusterFixture cluster, TestMusic music)
    : IClassFixture<ClusterFixture>, IClassFixture<TestMusic>
{
    [Fact]
    public async Task Import_Track_IsInTheCatalogueAndAtAllItsOwners()
    {
        var cover = music.Make(
            "cover.png", 0.1, "-filter_complex", "testsrc=s=64x64:d=0.04[v]", "-map", "[v]",
            "-frames:v", "1", "-update", "1");
        var source = music.Make(
            "hel väg.flac", 2, "-i", cover.Path,
            "-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v", "attached_pic",
            "-metadata", "title=Hela vägen", "-metadata", "artist=Någon");
        var result = await ImportAsync(source.Path);
        Assert.Equal(ImportStatus.Imported, result.Status);

        using var identity = NodeIdentity.Create();
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = cluster.Url });
        var login = await LogInAsync(channel, identity);
        var found = await channel.AccessPoint().SearchAsync(new SearchRequest { Query = "hela väg" });
        var track = Assert.Single(found.Tracks);
        Assert.Equal((result.Track, 2_000), (track.Track_, track.DurationMs));
        var parts = new List<byte>();
        using var coming = channel.AccessPoint().GetCover(new GetCoverRequest { Cover = track.Cover });
        await foreach (var part in coming.ResponseStream.ReadAllAsync())
            parts.AddRange(part.Data);

        Assert.Equal(await File.ReadAllBytesAsync(cover.Path), parts);

        var opened = await channel.AccessPoint().OpenTrackAsync(new OpenTrackRequest { Track = result.Track, BitsPerSecond = 320_000 });
        Assert.True(ManifestReader.TryRead(opened.Manifest.Span, out var manifest));
        var placement = new RendezvousPlacement(cluster.Masters.Select(master => master.Address.Id!.Value));
        var transport = new TlsTransport(identity, new TransportOptions(), TimeProvider.System);
        foreach (var master in cluster.Masters)
        {
            await using var client = await ChunkClient.ConnectAsync(
                transport, master.Address, login.Ticket.Ticket_.Memory);
            var expected = placement.IsOwner(manifest.File, master.Address.Id!.Value) ? HaveKind.Whole : HaveKind.None;
            Assert.Equal(expected, await client.HoldsAsync(manifest.File));
        }
    }

    [Fact]
    public async Task Import_SameFolderTwiceByTheTool_ReportsThenKnows()
    {
        var folder = Path.Combine(music.Folder, "folder");
        music.Make("folder/a b.mp3", 1);
        music.Make("folder/sub/в.ogg", 1.2);
        music.Make("folder/ren.wav", 1.4);
        await File.WriteAllTextAsync(Path.Combine(folder, "text.mp3"), "words");
        await File.WriteAllTextAsync(Path.Combine(folder, "empty.flac"), "");
        TestMusic.Run("sh", ["-c", $"printf x > '{folder}'/\"$(printf 'caf\\351.mp3')\""]);

        var (exit, lines) = await RunToolAsync(folder);
        Assert.Equal(1, exit);
        Assert.Equal((3, 0, 3), Counts(lines[^1]));
        var misnamed = Assert.Single(
            lines, line => line.TryGetProperty("source", out var source) && source.ValueEquals(@"caf\xE9.mp3"));
        Assert.Equal("its name is not UTF-8: rename it", misnamed.GetProperty("error").GetString());

        TestMusic.Run("find", [folder, "-name", "caf*", "-delete"]);
        (exit, lines) = await RunToolAsync(folder);
        Assert.Equal(1, exit);
        Assert.Equal((0, 3, 2), Counts(lines[^1]));

        File.Delete(Path.Combine(folder, "text.mp3"));
        File.Delete(Path.Combine(folder, "empty.flac"));
        (exit, lines) = await RunToolAsync(folder);
        Assert.Equal(0, exit);
        Assert.Equal((0, 3, 0), Counts(lines[^1]));
    }

    [Fact]
    public async Task Import_RetaggedMovedAndDeletedByTheTool_IsFollowedReportedAndPruned()
    {
        var folder = Path.Combine(music.Folder, "kept");
        string[] Tags(string title, string album, int number) =>
            ["-metadata", $"title={title}", "-metadata", $"album={album}", "-metadata", $"track={number}"];
        for (var number = 1; number <= 3; number++)
            music.Make($"kept/a/{number}.flac", 0.5 + (number * 0.1), Tags($"Kept {number}", "Kept alb\u00fcm", number));

        Assert.Equal(0, (await RunToolAsync(folder)).Exit);
        var before = await FindAlbumAsync("Kept 1");
        Assert.Equal(3, before.Tracks.Count);

        for (var number = 1; number <= 3; number++)
            File.Copy(
                music.Make($"new {number}.flac", 0.5 + (number * 0.1), Tags($"Kept {number}", "Kept album", number)).Path,
                Path.Combine(folder, "a", $"{number}.flac"),
                overwrite: true);
        Directory.Move(Path.Combine(folder, "a"), Path.Combine(folder, "b"));
        File.Delete(Path.Combine(folder, "b", "3.flac"));

        var (exit, lines) = await RunToolAsync(folder);
        Assert.Equal(0, exit);
        Assert.Equal((2, 0, 1), CountsOfKept(lines[^1]));
        var gone = Assert.Single(lines, line => line.GetProperty("event").ValueEquals("gone"));
        Assert.Equal(Path.Combine(folder, "a", "3.flac"), gone.GetProperty("source").GetString());
        Assert.Equal(before.Tracks[2].Track_, gone.GetProperty("track").GetString());
        Assert.False(lines[^1].TryGetProperty("pruned", out _));
        var after = await FindAlbumAsync("Kept 1");
        Assert.Equal("Kept album", after.Title);
        Assert.Equal(before.Tracks.Take(2).Select(track => track.Track_), after.Tracks.Select(track => track.Track_));

        (_, lines) = await RunToolAsync(folder, "--prune");
        Assert.Equal((0, 2, 1), CountsOfKept(lines[^1]));
        Assert.Equal(1, lines[^1].GetProperty("pruned").GetInt32());
        after = await FindAlbumAsync("Kept 1");
        Assert.Equal((before.Album_, 2), (after.Album_, after.Tracks.Count));
        Assert.Equal((0, 2, 0), CountsOfKept((await RunToolAsync(folder, "--prune")).Lines[^1]));
    }

    [Fact]
    public async Task Tool_WrongUse_SaysWhatToTypeALineEach()
    {
        Directory.CreateDirectory(Path.Combine(music.Folder, "bare"));
        await File.WriteAllTextAsync(Path.Combine(music.Folder, "bare", "notes.txt"), "words");
        async Task<string> SaidAsync(params string[] arguments)
        {
            var (code, said) = await ToolErrorAsync([.. arguments, "--access-point", cluster.Url]);
            Assert.Equal(2, code);
            return said;
        }

        Assert.Contains(
            $"there is no music in '{Path.Combine(music.Folder, "bare")}'",
            await SaidAsync(Path.Combine(music.Folder, "bare"), "--name", "x"),
            StringComparison.Ordinal);
        Assert.Contains("--prune looks for", await SaidAsync("--verify", "--prune", "--name", "x"), StringComparison.Ordinal);
        Assert.Contains("leave out 'somewhere'", await SaidAsync("somewhere", "--verify", "--name", "x"), StringComparison.Ordinal);
        Assert.Contains("Name a folder of music", await SaidAsync("--name", "x"), StringComparison.Ordinal);
        var several = (await SaidAsync("somewhere", "--jobs", "0")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, several.Length);
        Assert.Equal("See 'spotifycore-import --help'.", several[^1]);
        Assert.StartsWith(
            "spotifycore-import: 'best' is not auto, native or managed, which --codec takes.\n",
            await SaidAsync("somewhere", "--name", "x", "--codec", "best"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WholeCatalogue_CountsTracksAndTheirFiles()
    {
        await ImportAsync(music.Make("counted.wav", 1.3).Path);

        var (exit, lines) = await RunToolAsync("--verify");

        Assert.Equal(0, exit);
        var summary = lines[^1];
        Assert.Equal(3 * summary.GetProperty("tracks").GetInt32(), summary.GetProperty("files").GetInt32());
    }

    [Fact]
    public async Task Import_Interrupted_EndsCleanlyAndGoesOnLater()
    {
        const int files = 4;
        for (var i = 0; i < files; i++)
            music.Make($"interrupted/{i}.wav", i == 0 ? 1 : 150 + i);

        var folder = Path.Combine(music.Folder, "interrupted");
        var (exit, lines) = await RunToolAsync("imported", [folder]);
        Assert.Equal(130, exit);
        Assert.True(lines[^1].GetProperty("interrupted").GetBoolean());
        Assert.Equal(0, lines[^1].GetProperty("failed").GetInt32());
        var done = lines[^1].GetProperty("imported").GetInt32();

        (exit, lines) = await RunToolAsync(folder);
        Assert.Equal(0, exit);
        Assert.Equal((files - done, done, 0), Counts(lines[^1]));
    }

    [Fact]
    public async Task LogIn_WrongPasswordOrRole_IsRefused()
    {
        AccessPointAddress[] refused =
            [cluster.AddressFor(ClusterFixture.Name, "wrong"), cluster.AddressFor(ClusterFixture.Listener)];
        using var identity = NodeIdentity.Create();
        foreach (var address in refused)
        {
            await Assert.ThrowsAsync<RpcException>(
                () => LibrarianClient.LogInAsync(address, identity, TimeProvider.System, default));
        }

        Assert.Equal(0, cluster.SessionsOf(ClusterFixture.Listener));
    }

    [Fact]
    public async Task Dispose_AfterAnImport_EndsTheSession()
    {
        var before = cluster.SessionsOf(ClusterFixture.Name);
        using var identity = NodeIdentity.Create();
        var address = cluster.AddressFor(ClusterFixture.Name);
        await using (await LibrarianClient.LogInAsync(address, identity, TimeProvider.System, default))
            Assert.Equal(before + 1, cluster.SessionsOf(ClusterFixture.Name));

        Assert.Equal(before, cluster.SessionsOf(ClusterFixture.Name));
    }

    [Fact]
    public async Task Import_RemovedByHandByTheTool_StaysOutUntilItIsRestored()
    {
        var folder = Path.Combine(music.Folder, "unwanted");
        for (var number = 1; number <= 2; number++)
            music.Make(
                $"unwanted/{number}.flac", 0.3 + (number * 0.1), "-metadata", $"title=Unwanted {number}",
                "-metadata", "album=Unwanted", "-metadata", $"track={number}");

        Assert.Equal(0, (await RunToolAsync(folder)).Exit);
        var before = await FindAlbumAsync("Unwanted 1");
        using var identity = NodeIdentity.Create();
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = cluster.Url });
        await LogInAsync(channel, identity, ClusterFixture.Name);
        await channel.Librarian().RemoveEntryAsync(new RemoveEntryRequest { Id = before.Tracks[1].Track_ });

        var (exit, lines) = await RunToolAsync(folder, "--prune");
        Assert.Equal((0, 1, 1), (exit, lines[^1].GetProperty("known").GetInt32(), lines[^1].GetProperty("removed").GetInt32()));
        var removed = Assert.Single(lines, line => line.GetProperty("event").ValueEquals("removed"));
        Assert.Equal("2.flac", removed.GetProperty("source").GetString());
        Assert.Single((await FindAlbumAsync("Unwanted 1")).Tracks);

        (exit, lines) = await RunToolAsync(folder, "--restore");
        Assert.Equal((0, 0), (exit, lines[^1].GetProperty("removed").GetInt32()));
        Assert.Equal(before.Tracks, (await FindAlbumAsync("Unwanted 1")).Tracks);
    }

    [Fact]
    public async Task Import_AsItWas_IsKnownUnreadUntilItIsRemovedByHand()
    {
        var folder = Path.Combine(music.Folder, "unread");
        var path = music.Make("unread/1.flac", 0.9, "-metadata", "title=Unread").Path;
        var first = Assert.Single(await ImportFolderAsync(SourceFinder.Find(folder, default), folder));
        Assert.Equal(ImportStatus.Imported, first.Status);

        var found = SourceFinder.Find(folder, default);
        File.Move(path, path + ".away");
        var unread = Assert.Single(await ImportFolderAsync(found, folder));
        Assert.Equal((ImportStatus.Known, first.Track), (unread.Status, unread.Track));
        File.Move(path + ".away", path);

        using var identity = NodeIdentity.Create();
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = cluster.Url });
        await LogInAsync(channel, identity, ClusterFixture.Name);
        await channel.Librarian().RemoveEntryAsync(new RemoveEntryRequest { Id = first.Track });
        var removed = Assert.Single(await ImportFolderAsync(SourceFinder.Find(folder, default), folder));
        Assert.Equal((ImportStatus.Removed, first.Track), (removed.Status, removed.Track));
    }

    // With what is not read if it is as it was; what was written now was so an hour ago.
    private async Task<List<ImportResult>> ImportFolderAsync(IReadOnlyList<SourceFile> found, string folder)
    {
        var time = new ShiftedTimeProvider();
        time.Advance(TimeSpan.FromHours(1));
        var results = new ResultList();
        await ImportAsync(time, async (librarian, import) =>
        {
            var importer = new Importer(import, results, TimeProvider.System)
            {
                Unchanged = new UnchangedSources(librarian, SourceFile.PrefixOf(folder), import.Encoder),
            };
            return await importer.RunAsync(found, 2, default);
        });
        return results.All;
    }

    private Task<ImportResult> ImportAsync(string path) => ImportAsync(
        TimeProvider.System,
        (_, import) => import.RunAsync(new(new(path, Path.GetFileName(path), new FileInfo(path).Length)), default));

    private async Task<T> ImportAsync<T>(TimeProvider time, Func<LibrarianClient, TrackImport, Task<T>> run)
    {
        using var identity = NodeIdentity.Create();
        await using var librarian = await LibrarianClient.LogInAsync(
            cluster.AddressFor(ClusterFixture.Name), identity, TimeProvider.System, default);
        await using var store = new MasterStore(
            new TlsTransport(identity, new TransportOptions(), TimeProvider.System),
            await librarian.GetMastersAsync(default),
            librarian.GetTicketAsync,
            TimeProvider.System);
        using var scratch = new Scratch();
        using var cores = new SemaphoreSlim(2);
        var encoder = new TrackEncoder(OpusCodecs.Select(OpusCodecChoice.Auto), scratch);
        return await run(librarian, new TrackImport(librarian, store, encoder, scratch, cores) { Time = time });
    }

    private async Task<Album> FindAlbumAsync(string title)
    {
        using var identity = NodeIdentity.Create();
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = cluster.Url });
        await LogInAsync(channel, identity);
        var found = await channel.AccessPoint().SearchAsync(new SearchRequest { Query = title });
        return await channel.AccessPoint().GetAlbumAsync(new GetAlbumRequest { Album = found.Tracks[0].Album });
    }

    internal static async Task<LoginReply> LogInAsync(
        EndpointChannel channel, NodeIdentity identity, string name = ClusterFixture.Listener)
    {
        var request = new LoginRequest
        {
            Name = name,
            Password = ClusterFixture.Password,
            PeerKey = Google.Protobuf.ByteString.CopyFrom(identity.ExportPublicKey()),
        };
        var login = await channel.AccessPoint().LogInAsync(request, challenge => KeyProof.Sign(identity, challenge, request.Name));
        channel.Session = login.Session;
        return login;
    }

    private Task<(int Exit, List<JsonElement> Lines)> RunToolAsync(params string[] arguments) =>
        RunToolAsync(null, arguments);

    private async Task<(int Exit, List<JsonElement> Lines)> RunToolAsync(string? interruptAfter, string[] arguments)
    {
        using var tool = ImportTool.Start(cluster, arguments);
        var lines = new List<JsonElement>();
        while (await tool.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(JsonDocument.Parse(line).RootElement);
            if (interruptAfter is not null && lines[^1].GetProperty("event").ValueEquals(interruptAfter))
            {
                interruptAfter = null;
                TestMusic.Run("kill", ["-INT", $"{tool.Id}"]);
            }
        }

        await tool.WaitForExitAsync();
        return (tool.ExitCode, lines);
    }

    private static async Task<(int Exit, string Said)> ToolErrorAsync(string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "spotifycore-import.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var tool = Process.Start(start)!;
        tool.StandardInput.Close();
        var said = await tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();
        return (tool.ExitCode, said);
    }

    private static (int Updated, int Known, int Gone) CountsOfKept(JsonElement summary) => (
        summary.GetProperty("updated").GetInt32(),
        summary.GetProperty("known").GetInt32(),
        summary.GetProperty("gone").GetInt32());

    private static (int Imported, int Known, int Failed) Counts(JsonElement summary) => (
        summary.GetProperty("imported").GetInt32(),
        summary.GetProperty("known").GetInt32(),
        summary.GetProperty("failed").GetInt32());
}
