using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Backend.Tests.Services;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Hosts;

/// <summary>Access points as processes on one database of PostgreSQL.</summary>
public sealed class PostgresHostTests : IDisposable
{
    private const int Rounds = 3;
    private const int EachRound = 20;

    private readonly TempDirectory _directory = new();
    private readonly TempDirectory _another = new();
    private readonly PostgresStore _store = new();

    private string[] Options => ["--listen", "http://127.0.0.1:0", "--database", _store.ConnectionString];

    [Fact]
    public async Task KillNine_WhileTracksAreAdded_KeepsEveryAcknowledgedOne()
    {
        await AddAccountAsync("import", "import");
        var added = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var host = await AccessPointProcess.StartAsync(_directory, Options);
            using var channel = await LogInAsync(host, "import");
            var adding = AddUntilItFailsAsync(channel, added);
            await Eventually.TrueAsync(() => Count(added) >= EachRound * (round + 1));
            await host.KillAsync();
            await adding;
        }

        await using var again = await AccessPointProcess.StartAsync(_directory, Options);
        using var listener = await LogInAsync(again, "import");
        foreach (var track in added)
            await listener.AccessPoint().GetTrackAsync(new GetTrackRequest { Track = track });
    }

    [Fact]
    public async Task Start_SecondOnTheDatabase_ServesTheSameListenersAndCatalogue()
    {
        await AddAccountAsync("import", "import");
        await using var first = await AccessPointProcess.StartAsync(_directory, Options);
        var refused = await AccessPointProcess.RunAsync(
            _another, null, [.. Options, "--data-directory", _another["data"]]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("service.secret' is missing", refused.Errors, StringComparison.Ordinal);

        CopyKeys();
        await using var second = await AccessPointProcess.StartAsync(_another, Options);
        using var channel = await LogInAsync(first, "import");
        using var other = new EndpointChannel(new EndpointChannelOptions { Address = second.Address })
        {
            Session = channel.Session,
        };
        var request = TestTracks.Request(1, "Found everywhere");
        await channel.Librarian().AddTrackAsync(request);

        await Eventually.TrueAsync(async () =>
            (await other.AccessPoint().SearchAsync(new SearchRequest { Query = "everywhere" })).Tracks.Count == 1);
        Assert.Equal(
            await channel.AccessPoint().GetTicketKeysAsync(new GetTicketKeysRequest()),
            await other.AccessPoint().GetTicketKeysAsync(new GetTicketKeysRequest()));
        Assert.Equal(0, await second.TerminateAsync());
        Assert.Equal(0, await first.TerminateAsync());
    }

    [Fact]
    public async Task Backup_OfARunningFile_IsRestoredIntoTheDatabase()
    {
        await AccessPointProcess.AddAccountAsync(_directory, "import", "import");
        string session;
        await using (var host = await AccessPointProcess.StartAsync(_directory, "--listen", "http://127.0.0.1:0"))
        {
            using var channel = await LogInAsync(host, "import");
            session = channel.Session!;
            await channel.Librarian().AddTrackAsync(TestTracks.Request(1, "Moved house"));
            var backup = await RunAsync("backup", _directory["backup"]);
            Assert.True(backup.ExitCode == 0, backup.Errors);
            Assert.Contains("service.secret", backup.Output, StringComparison.Ordinal);
            Assert.Equal(0, await host.TerminateAsync());
        }

        var over = await RunAsync("restore", _directory["backup"]);
        Assert.Equal(1, over.ExitCode);
        Assert.Contains("nothing is written over it", over.Errors, StringComparison.Ordinal);
        var restored = await RunAsync("restore", _directory["backup"], "--database", _store.ConnectionString);
        Assert.True(restored.ExitCode == 0, restored.Errors);
        Assert.Contains("spotifycore-import --verify", restored.Output, StringComparison.Ordinal);

        await using var moved = await AccessPointProcess.StartAsync(_directory, Options);
        using var again = new EndpointChannel(new EndpointChannelOptions { Address = moved.Address }) { Session = session };
        await Eventually.TrueAsync(async () =>
            (await again.AccessPoint().SearchAsync(new SearchRequest { Query = "moved" })).Tracks.Count == 1);
    }

    [Theory]
    [InlineData("needs FILE", "backup")]
    [InlineData("has no use for 'two'", "restore", "one", "two")]
    [InlineData("no access point keeps its data", "backup", "one")]
    public async Task Backup_Misused_SaysWhyAndMakesNothing(string why, params string[] words)
    {
        var run = await RunAsync(words);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(why, run.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Start_DatabaseThatIsNone_SaysSoWithoutItsPassword()
    {
        var run = await AccessPointProcess.RunAsync(
            _directory, null, "--data-directory", _directory["data"], "--database", "postgresql://ann:hidden@db/music");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--database is not of the form Host=", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
        _another.Dispose();
    }

    private static int Count(List<string> added)
    {
        lock (added)
            return added.Count;
    }

    private static async Task AddUntilItFailsAsync(EndpointChannel channel, List<string> added)
    {
        try
        {
            for (var seed = Count(added) + 1; ; seed++)
            {
                var request = TestTracks.Request(seed, $"Song {seed}", "A", "Album", seed, 96_000);
                await channel.Librarian().AddTrackAsync(request);
                lock (added)
                    added.Add(request.Track);
            }
        }
        catch (Grpc.Core.RpcException)
        {
            // The access point was killed in the middle of it.
        }
    }

    private static async Task<EndpointChannel> LogInAsync(AccessPointProcess host, string name)
    {
        var channel = new EndpointChannel(new EndpointChannelOptions { Address = host.Address });
        channel.Session = (await BackendFixture.LoginAsync(channel, name, BackendFixture.Password, peer: 1)).Session;
        return channel;
    }

    private async Task AddAccountAsync(string name, string role)
    {
        var run = await AccessPointProcess.RunAsync(
            _directory, BackendFixture.Password,
            "account", "add", name, "--role", role, "--data-directory", _directory["data"], "--database",
            _store.ConnectionString);
        Assert.True(run.ExitCode == 0, run.Errors);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] words) =>
        AccessPointProcess.RunAsync(_directory, null, [.. words, "--data-directory", _directory["data"]]);

    private void CopyKeys()
    {
        foreach (var key in new[] { "service.secret", "ticket.key" })
            File.Copy(Path.Combine(_directory["data"], key), Path.Combine(_another["data"], key));
    }
}
