using Grpc.Core;
using SpotifyCore.Backend.Tests.Services;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Hosts;

public sealed class AccessPointHostTests : IDisposable
{
    private const string AnyPort = "http://127.0.0.1:0";

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task KillNine_AfterAnAcknowledgedTrack_KeepsIt()
    {
        await AccessPointProcess.AddAccountAsync(_directory, "import", "import");
        var added = new List<AddTrackRequest>();
        string session;
        await using (var host = await AccessPointProcess.StartAsync(_directory, "--listen", AnyPort))
        {
            using var channel = Connect(host.Address);
            session = await LoginAsync(channel, "import");
            channel.Session = session;
            for (var seed = 1; seed <= 100; seed++)
            {
                var request = TestTracks.Request(seed, $"Song {seed}", "A", "Album", seed, 96_000);
                await channel.Librarian().AddTrackAsync(request);
                added.Add(request);
            }

            // In the middle of another, which may or may not be kept.
            var torn = channel.Librarian().AddTrackAsync(TestTracks.Request(1_000, "Torn")).ResponseAsync;
            await host.KillAsync();
            await ((Task)torn).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await using var again = await AccessPointProcess.StartAsync(_directory, "--listen", AnyPort);
        using var reconnected = Connect(again.Address);
        reconnected.Session = session;
        foreach (var request in added)
        {
            var track = await reconnected.AccessPoint().GetTrackAsync(new GetTrackRequest { Track = request.Track });
            Assert.Equal(request.Tags.Title, track.Title);
        }

        var found = await reconnected.AccessPoint().SearchAsync(
            new SearchRequest { Query = "song", Limit = 200 });
        Assert.Equal(added.Select(static one => one.Track).Order(), found.Tracks.Select(static one => one.Track_).Order());
    }

    [Fact]
    public async Task Terminate_WithASessionOpen_DrainsAndExitsWithZero()
    {
        await AccessPointProcess.AddAccountAsync(_directory, "ann", "listener");
        await using var host = await AccessPointProcess.StartAsync(_directory, "--listen", AnyPort);
        using var channel = Connect(host.Address);
        var session = await LoginAsync(channel, "ann");
        channel.Session = session;
        using var online = channel.AccessPoint().Session();
        await online.RequestStream.WriteAsync(new ClientNotice { Online = new ClientOnline { ListenPort = 1 } });
        Assert.NotNull((await online.NextAsync())!.Welcome);

        Assert.Equal(0, await host.TerminateAsync());

        var errors = await host.ReadErrorsAsync();
        Assert.Contains("ann logged in", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(session, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_TwelveNamesOf15MiB_CostNoMemoryAndKeepNobodyOut()
    {
        const int HugeName = 15 << 20;
        const long MayGrow = 64 << 20;
        await AccessPointProcess.AddAccountAsync(_directory, "ann", "listener");
        await using var host = await AccessPointProcess.StartAsync(_directory, "--listen", AnyPort);
        using var honest = Connect(host.Address);
        await LoginAsync(honest, "ann");
        var before = ResidentBytes(host);

        // Four at a time, so that each begins before the silence of its connection is over.
        var huge = new LoginRequest { Name = new string('a', HugeName) };
        var four = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        var attack = Parallel.ForEachAsync(Enumerable.Range(0, 12), four, async (_, _) =>
        {
            using var stranger = Connect(host.Address);
            await CallAssert.FailsAsync(
                StatusCode.ResourceExhausted, () => stranger.AccessPoint().LoginAsync(huge).ResponseAsync);
        });
        await LoginAsync(honest, "ann");
        await attack;

        Assert.InRange(ResidentBytes(host) - before, long.MinValue, MayGrow);
    }

    [Fact]
    public async Task Https_WithItsOwnKey_ProvesTheIdOfTheReadyLine()
    {
        await using var host = await AccessPointProcess.StartAsync(_directory, "--listen", "https://127.0.0.1:0");
        Assert.True(PeerId.TryParse(host.Ready.Split("id=")[1], out var id));
        using var pinned = new EndpointChannel(new EndpointChannelOptions { Address = host.Address, ServerId = id });
        using var unpinned = Connect(host.Address);
        using var wrong = new EndpointChannel(new EndpointChannelOptions { Address = host.Address, ServerId = new PeerId(1) });

        Assert.Single((await pinned.AccessPoint().GetTicketKeysAsync(new GetTicketKeysRequest())).Keys);
        await CallAssert.FailsAsync(
            StatusCode.Internal, () =>
                unpinned.AccessPoint().GetTicketKeysAsync(new GetTicketKeysRequest()).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.Internal, () =>
                wrong.AccessPoint().GetTicketKeysAsync(new GetTicketKeysRequest()).ResponseAsync);
    }

    [Theory]
    [InlineData("would carry passwords in clear", "--listen", "http://0.0.0.0:0")]
    [InlineData("would carry passwords in clear", "--listen", "http://192.0.2.1:7400")]
    [InlineData("would carry passwords in clear", "--listen", "http://*:7400")]
    [InlineData("there is no option --lisen; did you mean --listen?", "--lisen", "http://127.0.0.1:0")]
    [InlineData("not an option", "start")]
    [InlineData("--master-copies", "--master-copies", "0")]
    [InlineData("not [site=][id@]host:port", "--storage-nodes", "here")]
    [InlineData("--ticket-lifetime", "--ticket-lifetime", "2h")]
    [InlineData("--certificate-file", "--listen=https://127.0.0.1:0", "--certificate-file=missing.pem")]
    public async Task Start_Misconfigured_SaysSoAndExitsWithTwo(string expected, params string[] args)
    {
        var (exitCode, output, errors) = await AccessPointProcess.RunAsync(
            _directory, input: null, [.. args, "--data-directory", _directory["data"]]);

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", errors, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task Start_WithoutADataDirectory_SaysSo()
    {
        var (exitCode, _, errors) = await AccessPointProcess.RunAsync(_directory, input: null, "--listen", AnyPort);

        Assert.Equal(2, exitCode);
        Assert.Contains("--data-directory", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AccountAdd_Twice_FailsWithAReason()
    {
        var first = await AccessPointProcess.AddAccountAsync(_directory, "ann", "listener,import");
        var second = await AccessPointProcess.AddAccountAsync(_directory, "Ann", "listener");
        var role = await AccessPointProcess.AddAccountAsync(_directory, "bob", "king");
        var usage = await AccessPointProcess.RunAsync(_directory, input: null, "account", "remove", "ann");

        Assert.Equal((0, "added ann with listener,import"), (first.ExitCode, first.Output.Trim()));
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("already", second.Errors, StringComparison.Ordinal);
        Assert.Equal((2, 2), (role.ExitCode, usage.ExitCode));
    }

    [Fact]
    public async Task DataDirectory_IsForItsOwnerAlone()
    {
        await AccessPointProcess.AddAccountAsync(_directory, "ann", "listener");
        await using var host = await AccessPointProcess.StartAsync(_directory, "--listen", AnyPort);
        if (OperatingSystem.IsWindows())
            return;

        foreach (var file in Directory.GetFiles(_directory["data"]))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    public void Dispose() => _directory.Dispose();

    private static long ResidentBytes(AccessPointProcess host)
    {
        host.Process.Refresh();
        return host.Process.WorkingSet64;
    }

    private static EndpointChannel Connect(string address) => new(new EndpointChannelOptions { Address = address });

    private static async Task<string> LoginAsync(EndpointChannel channel, string name) =>
        (await BackendFixture.LoginAsync(channel, name, "correct horse", 1)).Session;
}
