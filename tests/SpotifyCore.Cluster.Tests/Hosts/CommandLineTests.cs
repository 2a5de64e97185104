using System.Net;
using System.Net.Sockets;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Content;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Cluster.Tests.Hosts;

/// <summary>What every program says to who starts it.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string SomeNode = "00112233445566778899aabbccddeeff@127.0.0.1:1";
    private readonly TempDirectory _work = new();

    public static TheoryData<string> Hosts { get; } = new("accesspoint", "master", "storage", "desktop");

    public static TheoryData<string> AllPrograms { get; } =
        new("accesspoint", "master", "storage", "desktop", "import", "listener");

    public void Dispose() => _work.Dispose();

    [Theory]
    [MemberData(nameof(AllPrograms))]
    public async Task Version_EachProgram_IsThatOfTheRepository(string name)
    {
        var run = await RunAsync(name, ["--version"]);

        var version = ProductVersion.LineOf(Path.GetFileName(PathOf(name)));
        Assert.Equal((0, version + "\n", ""), (run.ExitCode, run.Output, run.Errors));
    }

    [Theory]
    [InlineData("accesspoint", "--service-")]
    [InlineData("master", "--")]
    [InlineData("storage", "--cache:memory-bytes=")]
    [InlineData("desktop", "--loudness=")]
    [InlineData("import", "--name=x ")]
    [InlineData("listener", "")]
    public async Task Start_WordsThatCommandATerminal_AreSaidPlain(string name, string option)
    {
        const string Hostile = "\u001b]0;x\a\u009b2J\u202ey\u200b";
        var run = await RunAsync(name, $"{option}{Hostile}".Split(' '));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("]0;x2Jy", run.Errors, StringComparison.Ordinal);
        var said = (run.Output + run.Errors).Replace('\n', ' ');
        Assert.Equal(PlainText.Of(said), said);
    }

    [Theory]
    [InlineData("accesspoint", "--data-directory")]
    [InlineData("master", "--vault:open-files")]
    [InlineData("storage", "--cache:disk-bytes")]
    [InlineData("desktop", "--uploads:monthly-bytes")]
    public async Task Help_EachHost_ExplainsEveryOption(string name, string one)
    {
        var run = await RunAsync(name, ["--help"]);

        Assert.Equal(0, run.ExitCode);
        var lines = run.Output.Split('\n');
        var options = lines.Index().Where(static line => line.Item.StartsWith("  --", StringComparison.Ordinal)).ToArray();
        Assert.Contains(options, line => line.Item.StartsWith($"  {one} ", StringComparison.Ordinal));
        Assert.All(options, line => Assert.StartsWith("      ", lines[line.Index + 1], StringComparison.Ordinal));
        Assert.Contains("  --data-directory TEXT (needed)", lines);
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 100));
    }

    [Theory]
    [InlineData("accesspoint", "--master-copies=7", "--master-copies can't be '7': it must be 1 to 6")]
    [InlineData("master", "--copies=7", "--copies can't be '7': it must be 1 to 6")]
    [InlineData("master", "--listen=here", "--listen can't be 'here'")]
    [InlineData("storage", "--cache:memory-bytes=1MiB", "it must be 16MiB to 64GiB")]
    [InlineData("accesspoint", "--ticket-lifetime=2h", "--ticket-lifetime must be 1m to 1h")]
    [InlineData("accesspoint", "--listen=http://192.0.2.1:7400", "--listen: 'http://192.0.2.1:7400' would")]
    [InlineData("storage", "--cache:disk-bytes=10", "it must be 64MiB to 64TiB")]
    [InlineData("desktop", "--cache-bytes=10", "it must be 64MiB or more, or 0")]
    [InlineData("desktop", "--cache-memory-bytes=0", "it must be 16MiB to 64GiB")]
    [InlineData("storage", "--key-refresh=5", "it must be a time such as")]
    [InlineData("desktop", "--listen-port=70000", "it must be 0 to 65535")]
    [InlineData("accesspoint", "--listen=here", "--listen can't be 'here'")]
    [InlineData("accesspoint", "--storage-nodes=here", "--storage-nodes: 'here' is not [site=][id@]host:port")]
    [InlineData("master", "--access-point=here", "--access-point can't be 'here'")]
    [InlineData("master", "--trusted=somebody", "--trusted can't be 'somebody'")]
    [InlineData("storage", "--masters=here", "--masters can't hold 'here'")]
    [InlineData("desktop", "--access-point=here", "--access-point can't be 'here'")]
    [InlineData("desktop", "--access-point-id=me", "--access-point-id can't be 'me'")]
    [InlineData("desktop", "--output=loud", "--output can't be 'loud'")]
    [InlineData("desktop", "--listen-address=here", "--listen-address can't be 'here'")]
    [InlineData("desktop", "--loudness=loud", "it must be one of Off, Track, Album")]
    public async Task Start_WrongValue_ExitsWithTwoBeforeAnythingIsMade(string name, string wrong, string said)
    {
        // An option given twice would be wrong as well.
        var option = wrong.Split('=')[0];
        string[] right = [.. Right(name).Chunk(2).Where(pair => pair[0] != option).SelectMany(static pair => pair)];
        var run = await RunAsync(name, [.. right, wrong]);

        AssertOneLine(2, said, run);
        Assert.False(Directory.Exists(_work["data"]));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Start_WithoutADataDirectory_SaysWhatItIs(string name)
    {
        var run = await RunAsync(name, [.. Right(name).Skip(2)]);

        AssertOneLine(2, "--data-directory is needed (Directory of", run);
    }

    [Theory]
    [InlineData("accesspoint", "SPOTIFYCORE_ACCESSPOINT_COLOUR")]
    [InlineData("master", "SPOTIFYCORE_MASTER_COLOUR")]
    [InlineData("storage", "SPOTIFYCORE_STORAGE_COLOUR")]
    [InlineData("desktop", "SPOTIFYCORE_DESKTOP_COLOUR")]
    public async Task Start_UnknownVariableOfItsOwn_ExitsWithTwo(string name, string variable)
    {
        var run = await RunAsync(name, Right(name), variable);

        AssertOneLine(2, $"there is no option {variable}", run);
        Assert.False(Directory.Exists(_work["data"]));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Start_VariablesOfOtherPrograms_AreNotItsOwn(string name)
    {
        var others = new[] { "SPOTIFYCORE_SOCKET", "SPOTIFYCORE_PASSWORD", "SPOTIFYCORE_OTHER_COLOUR" };
        var start = Programs.Prepare(PathOf(name), Right(name));
        foreach (var variable in others)
            start.Environment[variable] = _work["elsewhere"];

        await using var host = await HostProcess.StartAsync(start);

        Assert.Equal(0, await host.TerminateAsync());
        Assert.False(File.Exists(_work["elsewhere"]));
    }

    /// <summary>
    /// Asked to stop once it has made so many files: from before it has touched anything until it is ready.
    /// </summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Start_AskedToStopWhileStarting_ExitsWithZero(string name)
    {
        // What ends a process that has not yet said what it does at the signal.
        const int Signalled = 128 + 15;
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var files = 0; files < 8; files++)
        {
            var data = _work[$"data{files}"];
            await using var host = HostProcess.Begin(
                Programs.Prepare(PathOf(name), ["--data-directory", data, .. Right(name).Skip(2)]));
            while (!host.IsReady && Count(data) < files)
                await again.WaitForNextTickAsync();

            var code = await host.TerminateAsync();

            Assert.True(code == 0 || (code == Signalled && !Directory.Exists(data)), $"{files}: {code}\n{host.Errors}");
            Assert.DoesNotContain("while starting", host.Errors, StringComparison.Ordinal);
        }

        static int Count(string data) =>
            Directory.Exists(data) ? Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Count() : 0;
    }

    [Theory]
    [InlineData("accesspoint")]
    [InlineData("accesspoint", "account", "add", "carl", "--role", "listener")]
    [InlineData("master")]
    [InlineData("master", "id")]
    [InlineData("storage")]
    [InlineData("desktop")]
    public async Task Start_DataDirectoryThatCanBeNone_ExitsWithTwoAndSaysWhich(string name, params string[] command)
    {
        await File.WriteAllTextAsync(_work["file"], "");
        foreach (var (path, why) in new[]
        {
            (_work["file"], "is no directory"), (_work["file/within"], "is no directory"), ("/proc/nope", "it can't be made"),
        })
        {
            string[] options = command is ["account", ..] ? ["--data-directory", path]
                : ["--data-directory", path, .. Right(name).Skip(2)];

            var run = await ProgramRun.RunAsync(
                Programs.Prepare(PathOf(name), [.. command, .. options], "correct horse"));
            AssertOneLine(2, $"--data-directory can't be '{path}': ", run);
            AssertOneLine(2, why, run);
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Start_WrongValueOfAVariable_NamesTheVariable(string name)
    {
        var option = name == "desktop" ? "OUTPUT" : "LISTEN";
        var variable = $"SPOTIFYCORE_{name.ToUpperInvariant()}_{option}";
        string[] right =
        [
            .. Right(name).Chunk(2).Where(pair => pair[0] != $"--{option.ToLowerInvariant()}").SelectMany(static pair => pair),
        ];

        AssertOneLine(2, $"{variable} can't be 'blue'", await RunAsync(name, right, variable));
    }

    [Theory]
    [InlineData("accesspoint")]
    [InlineData("master")]
    public async Task Start_PortIsTaken_FailsWithOneLine(string name)
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var address = taken.LocalEndPoint!.ToString()!;
        string[] right = [.. Right(name).SkipLast(1), name == "accesspoint" ? $"http://{address}" : address];

        var run = await RunAsync(name, right);

        AssertOneLine(1, address, run);
        Assert.Contains("already in use", run.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("--jobs=many", "'many' is not 1 to 256")]
    [InlineData("--jobs=0", "'0' is not 1 to 256")]
    [InlineData("--colour", "'--colour'")]
    [InlineData("--access-point=here", "--access-point can't be 'here'")]
    [InlineData("--log=/nowhere/log", "--log can't be '/nowhere/log': there is no folder '/nowhere'")]
    [InlineData("--log=/", "--log can't be '/': it is a folder")]
    [InlineData("--access-point-id=me", "--access-point-id must be 32 hexadecimal digits")]
    public async Task Import_WrongValue_SaysWhichAndExitsWithTwo(string wrong, string said)
    {
        var run = await ProgramRun.RunAsync(Programs.Import, "correct horse", _work["music"], "--name", "librarian", wrong);

        AssertOneLine(2, said, run);
    }

    [Fact]
    public async Task Import_EmptyPath_IsAMisuse()
    {
        var run = await ProgramRun.RunAsync(Programs.Import, "correct horse", "", "--name", "librarian");

        AssertOneLine(2, "Name a folder of music, or a file", run);
    }

    [Theory]
    [InlineData("http", "https", "It does not speak https there.")]
    [InlineData("https", "http", "does not answer: ")]
    public async Task Import_OtherSchemeThanTheAccessPoints_SaysSo(string speaks, string asked, string said)
    {
        await File.WriteAllBytesAsync(_work["song.flac"], [1]);
        await using var host = await HostProcess.StartAsync(
            Programs.AccessPoint, "--data-directory", _work["data"], "--listen", $"{speaks}://127.0.0.1:0");
        var address = host.ReadyLine.Split(' ')[2].Replace($"{speaks}:", $"{asked}:", StringComparison.Ordinal);

        var run = await ProgramRun.RunAsync(
            Programs.Import, "correct horse", _work["song.flac"], "--name", "librarian", "--access-point", address);

        AssertOneLine(1, $"the access point at {address} does not answer: ", run);
        AssertOneLine(1, said, run);
    }

    [Fact]
    public async Task Import_InterruptedWhileTheAccessPointIsSilent_ExitsWith130()
    {
        const int Interrupted = 130;
        await File.WriteAllBytesAsync(_work["song.flac"], [1]);
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        await using var import = HostProcess.Begin(Programs.Prepare(
            Programs.Import,
            [_work["song.flac"], "--name", "librarian", "--access-point", $"http://{silent.LocalEndPoint}"],
            "correct horse"));
        using var asked = await silent.AcceptAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(Interrupted, await import.TerminateAsync());
        Assert.Contains("interrupted", import.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("listener")]
    public async Task Password_InterruptedWhileStandardInputGivesNone_ExitsWith130(string name)
    {
        const int Interrupted = 130;
        await File.WriteAllBytesAsync(_work["song.flac"], [1]);
        string[] arguments = name == "import" ? [_work["song.flac"]] : ["catalogue", "log"];
        await using var run = HostProcess.Begin(Programs.Prepare(PathOf(name), [.. arguments, "--name", "librarian"]));

        // More than a pipe holds, and no whole line: once it is taken, the program reads.
        await run.GiveInputAsync(new string('x', 200_000)).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(Interrupted, await run.TerminateAsync());
    }

    [Fact]
    public async Task Import_InterruptedUnderAFrozenAccessPoint_LeavesWithoutItsAnswer()
    {
        Directory.CreateDirectory(_work["music"]);
        await ProgramRun.OutputAsync(
            Programs.AccessPoint, "correct horse",
            "account", "add", "librarian", "--role", "import", "--data-directory", _work["data"]);
        await using var host = await HostProcess.StartAsync(
            Programs.AccessPoint, "--data-directory", _work["data"], "--listen", "http://127.0.0.1:0",
            "--master-nodes", SomeNode);
        await using var import = HostProcess.Begin(Programs.Prepare(
            Programs.Import,
            [_work["music"], "--watch", "--name", "librarian", "--access-point", host.ReadyLine.Split(' ')[2]],
            "correct horse"));

        // It is logged in before it says anything.
        await Eventually.TrueAsync(() => import.IsReady);
        host.Freeze();

        Assert.Equal(0, await import.TerminateAsync());
        Assert.Empty(import.Errors.Trim());
    }

    [Fact]
    public async Task Import_NobodyAtTheAccessPoint_SaysWhereNobodyAnswers()
    {
        Directory.CreateDirectory(_work["music"]);
        await File.WriteAllBytesAsync(Path.Combine(_work["music"], "song.flac"), [1]);

        var run = await ProgramRun.RunAsync(
            Programs.Import, "correct horse",
            _work["music"], "--name", "librarian", "--access-point", "http://127.0.0.1:1");

        AssertOneLine(1, "the access point at http://127.0.0.1:1 does not answer", run);
    }

    private static string PathOf(string name) => name switch
    {
        "accesspoint" => Programs.AccessPoint,
        "master" => Programs.Master,
        "storage" => Programs.Storage,
        "desktop" => Programs.Desktop,
        "import" => Programs.Import,
        _ => Programs.Listener,
    };

    // The data directory comes first, the address to listen at last.
    private string[] Right(string name) =>
    [
        "--data-directory", _work["data"],
        .. name switch
        {
            "storage" => ["--masters", SomeNode],
            "desktop" =>
            [
                "--access-point", "http://127.0.0.1:1", "--output", "null", "--socket", _work["run/desktop.sock"],
                "--listen-address", "127.0.0.1",
            ],
            _ => Array.Empty<string>(),
        },
        .. name switch
        {
            "accesspoint" => ["--listen", "http://127.0.0.1:0"],
            "desktop" => ["--listen-port", "0"],
            _ => new[] { "--listen", "127.0.0.1:0" },
        },
    ];

    private static Task<ProgramRun> RunAsync(string name, string[] arguments, string? variable = null)
    {
        var start = Programs.Prepare(PathOf(name), arguments);
        if (variable is not null)
            start.Environment[variable] = "blue";

        return ProgramRun.RunAsync(start);
    }

    private static void AssertOneLine(int exitCode, string said, ProgramRun run)
    {
        Assert.True(exitCode == run.ExitCode, $"{run.ExitCode}: {run.Output}{run.Errors}");
        Assert.Empty(run.Output);

        // What was logged before begins with the time.
        var line = Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => line[0] == 's');
        Assert.Contains(said, line, StringComparison.Ordinal);
        foreach (var forProgrammers in new[] { "(Parameter", "Exception", "Options.", "   at " })
            Assert.DoesNotContain(forProgrammers, run.Errors, StringComparison.Ordinal);
    }
}
